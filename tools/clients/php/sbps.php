<?php
// Card and convenience store by the API type, as a shop writes it in PHP: nothing but php-cli.
declare(strict_types=1);

const TEXTS = ['item_name', 'free1', 'free2', 'free3', 'dtl_item_name', 'last_name', 'first_name', 'last_name_kana', 'first_name_kana', 'add1', 'add2', 'add3'];

function cp932(string $text): string
{
    return iconv('UTF-8', 'CP932', $text);
}

function tripleDes(string $text): string
{
    $padded = str_pad($text, (int) (ceil(max(strlen($text), 1) / 8) * 8), ' ');
    $flags = OPENSSL_RAW_DATA | OPENSSL_ZERO_PADDING;
    return base64_encode(openssl_encrypt($padded, 'des-ede3-cbc', getenv('SBPS_3DES_KEY'), $flags, getenv('SBPS_3DES_IV')));
}

function opened(string $text): string
{
    $flags = OPENSSL_RAW_DATA | OPENSSL_ZERO_PADDING;
    return trim(openssl_decrypt(base64_decode($text), 'des-ede3-cbc', getenv('SBPS_3DES_KEY'), $flags, getenv('SBPS_3DES_IV')));
}

function element(string $tag, array|string $value, bool $secret): string
{
    if (is_array($value)) {
        $inner = '';
        foreach ($value as $name => $part) {
            $inner .= element((string) $name, $part, $secret || $tag === 'pay_method_info');
        }
        return "<$tag>$inner</$tag>";
    }
    $bytes = cp932($value);
    if ($secret) {
        $bytes = tripleDes($bytes);
    } elseif (in_array($tag, TEXTS, true)) {
        $bytes = base64_encode($bytes);
    }
    return "<$tag>$bytes</$tag>";
}

function leaves(array $fields): string
{
    $all = '';
    array_walk_recursive($fields, function ($value) use (&$all) {
        $all .= trim(cp932((string) $value));
    });
    return $all;
}

/** The fields in the order of the function's definition: the checksum is made in it. */
function call(string $name, string $function, array $fields): array
{
    $fields = ['merchant_id' => getenv('SBPS_MERCHANT_ID'), 'service_id' => getenv('SBPS_SERVICE_ID')] + $fields;
    $fields['request_date'] = japanTime();
    $fields['limit_second'] = '';
    $fields['sps_hashcode'] = sha1(leaves($fields) . getenv('SBPS_HASH_KEY'));
    $body = "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><sps-api-request id=\"$function\">";
    foreach ($fields as $tag => $value) {
        $body .= element($tag, $value, false);
    }
    $user = getenv('SBPS_MERCHANT_ID') . getenv('SBPS_SERVICE_ID') . ':' . getenv('SBPS_HASH_KEY');
    $answer = file_get_contents(getenv('SBPS_URL') . '/api/xmlapi.do', false, stream_context_create(['http' => [
        'method' => 'POST',
        'header' => "Content-Type: text/xml\r\nAuthorization: Basic " . base64_encode($user),
        'content' => $body . '</sps-api-request>',
    ]]));
    preg_match_all('|<(\w+)>([^<]*)</\1>|', iconv('CP932', 'UTF-8', $answer), $found, PREG_SET_ORDER);
    $said = ['name' => $name];
    $isSecret = preg_match('|<res_pay_method_info>(.*)</res_pay_method_info>|s', $answer, $info) === 1;
    foreach ($found as [, $tag, $value]) {
        $inside = $isSecret && ($fields['encrypted_flg'] ?? '0') === '1' && str_contains($info[1], "<$tag>");
        $said[$tag] = $inside ? opened($value) : $value;
    }
    return $said;
}

function japanTime(int $days = 0, string $shape = 'YmdHis'): string
{
    $now = new DateTimeImmutable(getenv('SBPS_NOW') ?: 'now');
    return $now->setTimezone(new DateTimeZone('Asia/Tokyo'))->modify("+$days days")->format($shape);
}

function order(string $number, string $amount): array
{
    return ['cust_code' => 'php-customer', 'order_id' => $number, 'item_id' => 'TEA', 'item_name' => '銘茶〜髙級①', 'tax' => '0', 'amount' => $amount, 'free1' => '', 'free2' => '', 'free3' => '', 'order_rowno' => '1'];
}

function card(): array
{
    $steps[] = $paid = call('authorize', 'ST01-00131-101', order('PHP-CARD-1', '3000') + [
        'sps_cust_info_return_flg' => '0',
        'dtls' => '',
        'pay_method_info' => ['dealings_type' => '10', 'divide_times' => ''],
        'pay_option_manage' => ['token' => getenv('SBPS_TOKEN'), 'token_key' => getenv('SBPS_TOKEN_KEY'), 'cardbrand_return_flg' => '1'],
        'encrypted_flg' => '1',
    ]);
    $ids = ['sps_transaction_id' => $paid['res_sps_transaction_id'] ?? '', 'tracking_id' => $paid['res_tracking_id'] ?? '', 'processing_datetime' => japanTime()];
    $steps[] = call('confirm', 'ST02-00101-101', $ids);
    $steps[] = call('capture', 'ST02-00201-101', $ids + ['pay_option_manage' => ['amount' => '3000']]);
    $steps[] = call('refund a part', 'ST02-00307-101', $ids + ['pay_option_manage' => ['amount' => '1000']]);
    $steps[] = call('inquire', 'MG01-00101-101', ['sps_transaction_id' => $ids['sps_transaction_id'], 'tracking_id' => $ids['tracking_id'], 'response_info_type' => '2', 'encrypted_flg' => '1']);
    $steps[] = call('refund', 'ST02-00303-101', $ids);
    return $steps;
}

function store(): array
{
    $steps[] = $issued = call('issue', 'ST01-00101-701', order('PHP-STORE-1', '2160') + [
        'dtls' => '',
        'pay_method_info' => ['issue_type' => '0', 'last_name' => '髙橋', 'first_name' => '花子', 'last_name_kana' => 'タカハシ', 'first_name_kana' => 'ハナコ', 'first_zip' => '604', 'second_zip' => '0001', 'add1' => '京都府', 'add2' => '京都市中京区１－２', 'add3' => '', 'tel' => '0312345678', 'mail' => 'php@example.jp', 'seiyakudate' => japanTime(0, 'Ymd'), 'webcvstype' => '016', 'bill_date' => japanTime(10, 'Ymd')],
        'encrypted_flg' => '1',
    ]);
    $steps[] = call('inquire', 'MG01-00101-701', ['sps_transaction_id' => '', 'tracking_id' => $issued['res_tracking_id'] ?? '', 'encrypted_flg' => '1']);
    $steps[] = call('cancel', 'ST02-00303-701', ['sps_transaction_id' => '', 'tracking_id' => $issued['res_tracking_id'] ?? '', 'processing_datetime' => japanTime()]);
    return $steps;
}

echo json_encode($argv[1] === 'card' ? card() : store(), JSON_UNESCAPED_UNICODE), "\n";
