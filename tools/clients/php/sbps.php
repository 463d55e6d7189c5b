<?php
/**
 * SBPS from PHP as shops write it, with nothing but php-cli: card and convenience store by the API type, and a shop of
 * one page that sends its customers to the hosted page.
 *
 *     php sbps.php card | store | link
 *
 * Each step is printed as one line of JSON. `store` and `link` listen on NOTICE_PORT until the provider has reported.
 */
declare(strict_types=1);

const MULTI_BYTE = '/^(item_name|free[123]|dtl_item_name|(last|first)_name(_kana)?|add[123]|resrv[123])$/';
/** The order of the purchase request, which is the order of its checksum. */
const PURCHASE = 'pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id pay_item_id item_name tax amount pay_type auto_charge_type service_type div_settele last_charge_month camp_type tracking_id terminal_type';
const REQUEST = PURCHASE . ' success_url cancel_url error_url pagecon_url free1 free2 free3 free_csv request_date limit_second';
const RESULT = PURCHASE . ' free1 free2 free3 request_date res_pay_method res_result res_tracking_id res_sps_cust_no res_sps_payment_no res_payinfo_key res_payment_date res_err_code res_date limit_second';

function env(string $name): string
{
    return (string) getenv($name);
}

function sjis(string $text): string
{
    return (string) iconv('UTF-8', 'CP932', $text);
}

function utf8(string $bytes): string
{
    return (string) iconv('CP932', 'UTF-8', $bytes);
}

/** YYYYMMDDHHMMSS in Japan. */
function japan_time(): string
{
    $now = new DateTimeImmutable(getenv('SBPS_NOW') ?: 'now');
    return $now->setTimezone(new DateTimeZone('Asia/Tokyo'))->format('YmdHis');
}

function say(string $name, array $fields): void
{
    echo json_encode(['name' => $name] + $fields, JSON_UNESCAPED_UNICODE), "\n";
}

function seal(string $bytes): string
{
    $padded = $bytes . str_repeat(' ', (8 - strlen($bytes) % 8) % 8);
    $flags = OPENSSL_RAW_DATA | OPENSSL_ZERO_PADDING;
    return base64_encode((string) openssl_encrypt($padded, 'des-ede3-cbc', env('SBPS_3DES_KEY'), $flags, env('SBPS_3DES_IV')));
}

function unseal(string $text): string
{
    $flags = OPENSSL_RAW_DATA | OPENSSL_ZERO_PADDING;
    $plain = openssl_decrypt((string) base64_decode($text), 'des-ede3-cbc', env('SBPS_3DES_KEY'), $flags, env('SBPS_3DES_IV'));
    return rtrim(utf8((string) $plain));
}

/** Tags in the specification's order; `$hashed` collects what the checksum is made of. */
function write(array $fields, string &$hashed, string $group = ''): string
{
    $xml = '';
    foreach ($fields as $tag => $value) {
        if (is_array($value)) {
            $xml .= "<$tag>" . write($value, $hashed, $tag) . "</$tag>";
            continue;
        }
        $bytes = sjis($value);
        $hashed .= $bytes;
        $text = match (true) {
            $group === 'pay_method_info' => seal($bytes),
            preg_match(MULTI_BYTE, $tag) === 1 => base64_encode($bytes),
            default => htmlspecialchars($value, ENT_XML1 | ENT_QUOTES),
        };
        $xml .= "<$tag>$text</$tag>";
    }
    return $xml;
}

/** Every leaf by its tag, those of the method's own part unsealed. */
function read(string $bytes): array
{
    $xml = utf8($bytes);
    preg_match_all('/<(\w+)>([^<]*)<\/\1>/', $xml, $leaves, PREG_SET_ORDER);
    $said = array_column($leaves, 2, 1);
    if (preg_match('/<(?:res_)?pay_method_info>(.*?)<\/(?:res_)?pay_method_info>/s', $xml, $info) === 1) {
        preg_match_all('/<(\w+)>([^<]*)<\/\1>/', $info[1], $leaves, PREG_SET_ORDER);
        foreach ($leaves as [, $tag, $text]) {
            $said[$tag] = unseal($text);
        }
    }
    return array_map('trim', $said);
}

function post(string $url, string $body, string $headers): string
{
    $options = ['method' => 'POST', 'header' => $headers, 'content' => $body];
    return (string) file_get_contents($url, false, stream_context_create(['http' => $options]));
}

function call(string $name, string $function, array $fields): array
{
    [$merchant, $service, $key] = [env('SBPS_MERCHANT_ID'), env('SBPS_SERVICE_ID'), env('SBPS_HASH_KEY')];
    $hashed = '';
    $body = write(['merchant_id' => $merchant, 'service_id' => $service] + $fields + ['request_date' => japan_time()], $hashed);
    $checksum = sha1($hashed . $key);
    $xml = "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><sps-api-request id=\"$function\">$body<sps_hashcode>$checksum</sps_hashcode></sps-api-request>";
    $credentials = base64_encode("$merchant$service:$key");
    $said = read(post(env('SBPS_URL') . '/api/xmlapi.do', sjis($xml), "Content-Type: text/xml\r\nAuthorization: Basic $credentials"));
    say($name, $said);
    return $said;
}

/** In a shop the provider's script does this in the customer's browser. */
function token(): array
{
    $card = ['merchantId' => env('SBPS_MERCHANT_ID'), 'serviceId' => env('SBPS_SERVICE_ID')]
        + ['ccNumber' => '4111111111111111', 'ccExpiration' => '203012', 'securityCode' => '123'];
    $answer = post(env('SBPS_URL') . '/sbpstoken/tokens', (string) json_encode($card), 'Content-Type: application/json');
    return json_decode($answer, true)['tokenResponse'];
}

function order(string $number, string $amount): array
{
    return ['cust_code' => 'PHP-CUSTOMER', 'order_id' => $number, 'item_id' => 'TEA', 'item_name' => '銘茶詰合せ①', 'amount' => $amount];
}

function ids(array $payment): array
{
    return ['tracking_id' => $payment['res_tracking_id'], 'processing_datetime' => japan_time()];
}

function card(): void
{
    $made = token();
    $first = call('authorize', 'ST01-00131-101', order('PHP-CARD-1', '3300') + [
        'sps_cust_info_return_flg' => '0',
        'pay_method_info' => ['dealings_type' => '10'],
        'pay_option_manage' => ['token' => $made['token'], 'token_key' => $made['tokenKey'], 'cardbrand_return_flg' => '1'],
        'encrypted_flg' => '1',
    ]);
    call('confirm', 'ST02-00101-101', ids($first));
    call('capture', 'ST02-00201-101', ids($first) + ['pay_option_manage' => ['amount' => '3000']]);
    call('refund a part', 'ST02-00307-101', ids($first) + ['pay_option_manage' => ['amount' => '1000', 'refund_rowno' => '1']]);
    call('refund the rest', 'ST02-00303-101', ids($first));
    $again = call('authorize again', 'ST01-00133-101', ['tracking_id' => $first['res_tracking_id']] + order('PHP-CARD-2', '2200')
        + ['sps_cust_info_return_flg' => '0', 'pay_method_info' => ['dealings_type' => '10'], 'encrypted_flg' => '1']);
    call('confirm', 'ST02-00101-101', ids($again));
    call('cancel', 'ST02-00305-101', ids($again));
    call('cancel twice', 'ST02-00305-101', ids($again));
    call('inquire', 'MG01-00101-101', ['tracking_id' => $first['res_tracking_id'], 'response_info_type' => '2', 'encrypted_flg' => '1']);
}

function slip(string $number): array
{
    return call('issue', 'ST01-00101-701', order($number, '2160') + [
        'pay_method_info' => [
            'issue_type' => '0', 'last_name' => '髙橋', 'first_name' => '花子', 'tel' => '0312345678',
            'mail' => 'paynow+php@example.jp', 'webcvstype' => '016', 'bill_date' => '20260814',
        ],
        'encrypted_flg' => '1',
    ]);
}

function store(): void
{
    serve(function (string $path, string $body, callable $answer): bool {
        preg_match('/<sps-api-request id="([\w-]+)"/', $body, $id);
        $notice = read($body);
        say($id[1], $notice);
        $answer('text/xml; charset=Shift_JIS', "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><sps-api-response id=\"$id[1]\"><res_result>OK</res_result></sps-api-response>");
        // 3: the definite report.
        return $notice['rec_type'] === '3';
    }, function (): void {
        $cancelled = slip('PHP-STORE-1');
        call('cancel', 'ST02-00303-701', ids($cancelled));
        call('inquire', 'MG01-00101-701', ['tracking_id' => $cancelled['res_tracking_id'], 'encrypted_flg' => '1']);
        slip('PHP-STORE-2');
    });
}

/** The shop's page, the provider's notice, and the customer who comes back. */
function link_type(): void
{
    $shop = 'http://127.0.0.1:' . env('NOTICE_PORT');
    serve(function (string $path, string $body, callable $answer) use ($shop): bool {
        if ($path === '/') {
            $answer('text/html; charset=Shift_JIS', sjis(purchase_form($shop)));
            return false;
        }
        parse_str($body, $sent);
        $said = array_map('utf8', $sent);
        // The server's word is hashed as UTF-8, the browser's as Shift_JIS.
        $hashed = implode('', array_map(fn(string $tag): string => trim($said[$tag] ?? ''), explode(' ', RESULT)));
        $expected = sha1(($path === '/notice' ? $hashed : sjis($hashed)) . env('SBPS_HASH_KEY'));
        $holds = strcasecmp($expected, $said['sps_hashcode'] ?? '') === 0;
        say(ltrim($path, '/'), ['checksum' => $holds ? 'holds' : 'broken'] + $said);
        $answer('text/plain', $path === '/notice' ? ($holds ? 'OK,' : 'NG,checksum') : 'thank you');
        return $path !== '/notice';
    }, fn() => say('open', []));
}

function purchase_form(string $shop): string
{
    $fields = ['pay_method' => 'credit', 'merchant_id' => env('SBPS_MERCHANT_ID'), 'service_id' => env('SBPS_SERVICE_ID')]
        + order('PHP-LINK-1', '4400')
        + ['pay_type' => '0', 'service_type' => '0', 'terminal_type' => '0', 'free1' => '店舗①']
        + ['success_url' => "$shop/success", 'cancel_url' => "$shop/cancel", 'error_url' => "$shop/error"]
        + ['pagecon_url' => "$shop/notice", 'request_date' => japan_time(), 'limit_second' => '600'];
    [$inputs, $hashed] = ['', ''];
    foreach (explode(' ', REQUEST) as $tag) {
        $hashed .= $fields[$tag] ?? '';
        $inputs .= "<input type=\"hidden\" name=\"$tag\" value=\"" . htmlspecialchars($fields[$tag] ?? '') . '">';
    }
    $checksum = sha1($hashed . env('SBPS_HASH_KEY'));
    return '<form method="post" accept-charset="Shift_JIS" action="' . env('SBPS_URL') . "/f01/FepBuyInfoReceive.do\">$inputs<input type=\"hidden\" name=\"sps_hashcode\" value=\"$checksum\"><button>Pay</button></form>";
}

/** A web server of the smallest kind; `$handle` returns true when it has heard the last it waits for. */
function serve(callable $handle, callable $begin): void
{
    $server = stream_socket_server('tcp://127.0.0.1:' . env('NOTICE_PORT'));
    $begin();
    do {
        $line = stream_socket_accept($server, 60);
        [, $path] = explode(' ', (string) fgets($line));
        for ($length = 0; ($header = trim((string) fgets($line))) !== '';) {
            if (stripos($header, 'content-length:') === 0) {
                $length = (int) substr($header, 15);
            }
        }
        $body = $length > 0 ? (string) stream_get_contents($line, $length) : '';
        $done = $handle($path, $body, function (string $type, string $text) use ($line): void {
            fwrite($line, "HTTP/1.1 200 OK\r\nContent-Type: $type\r\nContent-Length: " . strlen($text) . "\r\nConnection: close\r\n\r\n$text");
            fclose($line);
        });
    } while (!$done);
}

match ($argv[1] ?? '') {
    'card' => card(),
    'store' => store(),
    'link' => link_type(),
};
