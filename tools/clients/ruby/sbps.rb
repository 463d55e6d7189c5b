# SBPS from Ruby as shops write it, with the standard library alone: card and convenience store by the API type, and a
# shop of one page that sends its customers to the hosted page.
#
#     ruby sbps.rb card | store | link
#
# Each step is printed as one line of JSON. `store` and `link` listen on NOTICE_PORT until the provider has reported.
require 'base64'
require 'cgi'
require 'digest'
require 'json'
require 'net/http'
require 'openssl'
require 'socket'
require 'time'
require 'uri'

$stdout.sync = true
MULTI_BYTE = /\A(item_name|free[123]|dtl_item_name|(last|first)_name(_kana)?|add[123]|resrv[123])\z/
# The order of the purchase request, which is the order of its checksum.
PURCHASE = %w[pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id pay_item_id
              item_name tax amount pay_type auto_charge_type service_type div_settele last_charge_month camp_type
              tracking_id terminal_type].freeze
REQUEST = (PURCHASE + %w[success_url cancel_url error_url pagecon_url free1 free2 free3 free_csv request_date
                         limit_second]).freeze
RESULT = (PURCHASE + %w[free1 free2 free3 request_date res_pay_method res_result res_tracking_id res_sps_cust_no
                        res_sps_payment_no res_payinfo_key res_payment_date res_err_code res_date limit_second]).freeze
URL, MERCHANT, SERVICE, KEY = ENV.values_at('SBPS_URL', 'SBPS_MERCHANT_ID', 'SBPS_SERVICE_ID', 'SBPS_HASH_KEY')
SHOP = "http://127.0.0.1:#{ENV.fetch('NOTICE_PORT', '')}".freeze

def sjis(text)
  text.encode('Windows-31J').b
end

def utf8(bytes)
  bytes.dup.force_encoding('Windows-31J').encode('UTF-8')
end

# YYYYMMDDHHMMSS in Japan.
def japan_time
  now = ENV['SBPS_NOW'] ? Time.iso8601(ENV['SBPS_NOW']) : Time.now
  now.getlocal('+09:00').strftime('%Y%m%d%H%M%S')
end

def say(name, fields)
  puts JSON.generate({ 'name' => name }.merge(fields))
end

def triple_des(way)
  cipher = OpenSSL::Cipher.new('des-ede3-cbc').public_send(way)
  cipher.key, cipher.iv, cipher.padding = ENV['SBPS_3DES_KEY'], ENV['SBPS_3DES_IV'], 0
  cipher
end

def seal(bytes)
  cipher = triple_des(:encrypt)
  Base64.strict_encode64(cipher.update(bytes + (' ' * (-bytes.bytesize % 8))) + cipher.final)
end

def unseal(text)
  return '' if text.empty?

  cipher = triple_des(:decrypt)
  utf8(cipher.update(Base64.decode64(text)) + cipher.final).rstrip
end

# Tags in the specification's order; `hashed` collects what the checksum is made of.
def write(fields, hashed, group = nil)
  fields.map do |tag, value|
    next "<#{tag}>#{write(value, hashed, tag)}</#{tag}>" if value.is_a?(Hash)

    bytes = sjis(value)
    hashed << bytes
    text = if group == :pay_method_info then seal(bytes)
           elsif MULTI_BYTE.match?(tag) then Base64.strict_encode64(bytes)
           else CGI.escapeHTML(value)
           end
    "<#{tag}>#{text}</#{tag}>"
  end.join
end

LEAF = %r{<(\w+)>([^<]*)</\1>}.freeze

# Every leaf by its tag, those of the method's own part unsealed.
def read(bytes)
  xml = utf8(bytes)
  info = xml[%r{<((?:res_)?pay_method_info)>(.*?)</\1>}m, 2] || ''
  xml.scan(LEAF).to_h.merge(info.scan(LEAF).to_h.transform_values { |text| unseal(text) }).transform_values(&:strip)
end

def call(name, function, fields)
  hashed = String.new(encoding: 'BINARY')
  body = write({ merchant_id: MERCHANT, service_id: SERVICE, **fields, request_date: japan_time }, hashed)
  checksum = Digest::SHA1.hexdigest(hashed + KEY)
  xml = "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><sps-api-request id=\"#{function}\">#{body}" \
        "<sps_hashcode>#{checksum}</sps_hashcode></sps-api-request>"
  request = Net::HTTP::Post.new(URI("#{URL}/api/xmlapi.do"), 'Content-Type' => 'text/xml')
  request.basic_auth(MERCHANT + SERVICE, KEY)
  request.body = sjis(xml)
  said = read(Net::HTTP.start(request.uri.host, request.uri.port) { |http| http.request(request) }.body)
  say(name, said)
  said
end

# In a shop the provider's script does this in the customer's browser.
def token
  card = { merchantId: MERCHANT, serviceId: SERVICE, ccNumber: '5555555555554444', ccExpiration: '203012',
           securityCode: '123' }
  answer = Net::HTTP.post(URI("#{URL}/sbpstoken/tokens"), JSON.generate(card), 'Content-Type' => 'application/json')
  JSON.parse(answer.body).fetch('tokenResponse')
end

def order(number, amount)
  { cust_code: 'RUBY-CUSTOMER', order_id: number, item_id: 'TEA', item_name: '銘茶詰合せ①', amount: amount }
end

def ids(payment)
  { tracking_id: payment['res_tracking_id'], processing_datetime: japan_time }
end

def card
  made = token
  first = call('authorize', 'ST01-00131-101',
               { **order('RUBY-CARD-1', '3300'), sps_cust_info_return_flg: '0', pay_method_info: { dealings_type: '10' },
                 pay_option_manage: { token: made['token'], token_key: made['tokenKey'], cardbrand_return_flg: '1' },
                 encrypted_flg: '1' })
  call('confirm', 'ST02-00101-101', ids(first))
  call('capture', 'ST02-00201-101', { **ids(first), pay_option_manage: { amount: '3000' } })
  call('refund a part', 'ST02-00307-101', { **ids(first), pay_option_manage: { amount: '1000', refund_rowno: '1' } })
  call('refund the rest', 'ST02-00303-101', ids(first))
  again = call('authorize again', 'ST01-00133-101',
               { tracking_id: first['res_tracking_id'], **order('RUBY-CARD-2', '2200'), sps_cust_info_return_flg: '0',
                 pay_method_info: { dealings_type: '10' }, encrypted_flg: '1' })
  call('confirm', 'ST02-00101-101', ids(again))
  call('cancel', 'ST02-00305-101', ids(again))
  call('cancel twice', 'ST02-00305-101', ids(again))
  call('inquire', 'MG01-00101-101',
       { tracking_id: first['res_tracking_id'], response_info_type: '2', encrypted_flg: '1' })
end

def slip(number)
  person = { issue_type: '0', last_name: '髙橋', first_name: '花子', tel: '0312345678', mail: 'paynow+ruby@example.jp',
             webcvstype: '016', bill_date: '20260814' }
  call('issue', 'ST01-00101-701', { **order(number, '2160'), pay_method_info: person, encrypted_flg: '1' })
end

def store
  server = TCPServer.new('127.0.0.1', URI(SHOP).port)
  cancelled = slip('RUBY-STORE-1')
  call('cancel', 'ST02-00303-701', ids(cancelled))
  call('inquire', 'MG01-00101-701', { tracking_id: cancelled['res_tracking_id'], encrypted_flg: '1' })
  slip('RUBY-STORE-2')
  serve(server) do |_path, body, answer|
    id = body[/<sps-api-request id="([\w-]+)"/, 1]
    notice = read(body)
    say(id, notice)
    answer.call('text/xml; charset=Shift_JIS', '<?xml version="1.0" encoding="Shift_JIS"?>' \
                "<sps-api-response id=\"#{id}\"><res_result>OK</res_result></sps-api-response>")
    # 3: the definite report.
    notice['rec_type'] == '3'
  end
end

# The shop's page, the provider's notice, and the customer who comes back.
def link
  server = TCPServer.new('127.0.0.1', URI(SHOP).port)
  say('open', {})
  serve(server) do |path, body, answer|
    next answer.call('text/html; charset=Shift_JIS', sjis(purchase_form)) && false if path == '/'

    said = URI.decode_www_form(body, Encoding::Windows_31J).to_h.transform_values { |text| text.encode('UTF-8') }
    # The server's word is hashed as UTF-8, the browser's as Shift_JIS.
    hashed = RESULT.map { |tag| (said[tag] || '').strip }.join
    expected = Digest::SHA1.hexdigest((path == '/notice' ? hashed : sjis(hashed)) + KEY)
    holds = expected.casecmp?(said['sps_hashcode'] || '')
    say(path.delete_prefix('/'), { 'checksum' => holds ? 'holds' : 'broken', **said })
    next answer.call('text/plain', holds ? 'OK,' : 'NG,checksum') && false if path == '/notice'

    answer.call('text/plain', 'thank you')
    true
  end
end

def purchase_form
  fields = { pay_method: 'credit', merchant_id: MERCHANT, service_id: SERVICE, **order('RUBY-LINK-1', '4400'),
             pay_type: '0', service_type: '0', terminal_type: '0', free1: '店舗①', success_url: "#{SHOP}/success",
             cancel_url: "#{SHOP}/cancel", error_url: "#{SHOP}/error", pagecon_url: "#{SHOP}/notice",
             request_date: japan_time, limit_second: '600' }
  values = REQUEST.to_h { |tag| [tag, fields[tag.to_sym] || ''] }
  values['sps_hashcode'] = Digest::SHA1.hexdigest(values.values.join + KEY)
  inputs = values.map { |tag, value| %(<input type="hidden" name="#{tag}" value="#{CGI.escapeHTML(value)}">) }.join
  %(<form method="post" accept-charset="Shift_JIS" action="#{URL}/f01/FepBuyInfoReceive.do">#{inputs}<button>Pay</button></form>)
end

# A web server of the smallest kind; the block returns true when it has heard the last it waits for.
def serve(server)
  loop do
    line = server.accept
    path = line.gets.split[1]
    length = 0
    while (header = line.gets.strip) != ''
      length = header.split(':', 2).last.to_i if header.downcase.start_with?('content-length:')
    end
    body = length.zero? ? '' : line.read(length)
    done = yield path, body.b, lambda { |type, text|
      line.write("HTTP/1.1 200 OK\r\nContent-Type: #{type}\r\nContent-Length: #{text.bytesize}\r\n" \
                 "Connection: close\r\n\r\n".b + text.b)
      line.close
      true
    }
    break if done
  end
end

{ 'card' => method(:card), 'store' => method(:store), 'link' => method(:link) }.fetch(ARGV[0]).call
