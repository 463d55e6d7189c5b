# Card and convenience store by the API type, as a shop writes it in Ruby: nothing but its standard library.
require 'digest'
require 'json'
require 'net/http'
require 'openssl'
require 'time'
require 'uri'

TEXTS = %w[item_name free1 free2 free3 dtl_item_name last_name first_name last_name_kana first_name_kana add1 add2 add3].freeze

def cp932(text)
  text.encode('Windows-31J').b
end

def base64(bytes)
  [bytes].pack('m0')
end

def cipher(mode)
  OpenSSL::Cipher.new('des-ede3-cbc').tap do |des|
    des.public_send(mode)
    des.key = ENV.fetch('SBPS_3DES_KEY')
    des.iv = ENV.fetch('SBPS_3DES_IV')
  end
end

# Filled up with spaces as the manual says; the library adds its own padding besides, as many clients let it.
def encrypted(bytes)
  filled = bytes + ' ' * (-bytes.bytesize % 8)
  des = cipher(:encrypt)
  base64(des.update(filled) + des.final)
end

def decrypted(text)
  des = cipher(:decrypt)
  des.padding = 0
  (des.update(text.unpack1('m')) + des.final).force_encoding('Windows-31J').encode('UTF-8').rstrip
end

def leaves(fields)
  fields.flat_map { |_, value| value.is_a?(Hash) ? leaves(value) : [cp932(value).strip] }
end

def element(tag, value, secret)
  return "<#{tag}>#{value.map { |name, part| element(name, part, secret || tag == 'pay_method_info') }.join}</#{tag}>" if value.is_a?(Hash)
  return '' if value.empty?

  bytes = cp932(value)
  bytes = secret ? encrypted(bytes) : base64(bytes) if secret || TEXTS.include?(tag)
  "<#{tag}>#{bytes}</#{tag}>"
end

def japan_time(days = 0, shape = '%Y%m%d%H%M%S')
  (Time.parse(ENV['SBPS_NOW'] || Time.now.to_s) + days * 86_400).getlocal('+09:00').strftime(shape)
end

def call(name, function, fields)
  merchant, service, key = ENV.values_at('SBPS_MERCHANT_ID', 'SBPS_SERVICE_ID', 'SBPS_HASH_KEY')
  fields = { 'merchant_id' => merchant, 'service_id' => service }.merge(fields, 'request_date' => japan_time)
  checksum = Digest::SHA1.hexdigest(leaves(fields).join + key)
  inner = fields.merge('sps_hashcode' => checksum).map { |tag, value| element(tag, value, false) }.join
  uri = URI("#{ENV.fetch('SBPS_URL')}/api/xmlapi.do")
  request = Net::HTTP::Post.new(uri, 'Content-Type' => 'text/xml')
  request.basic_auth(merchant + service, key)
  request.body = "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><sps-api-request id=\"#{function}\">#{inner}</sps-api-request>"
  xml = Net::HTTP.start(uri.host, uri.port) { |http| http.request(request) }.body.force_encoding('Windows-31J').encode('UTF-8')
  secret = fields['encrypted_flg'] == '1' ? xml[%r{<res_pay_method_info>.*</res_pay_method_info>}m].to_s : ''
  said = xml.scan(%r{<(\w+)>([^<]*)</\1>}).to_h { |tag, value| [tag, secret.include?("<#{tag}>") ? decrypted(value) : value] }
  { 'name' => name }.merge(said)
end

def order(number, amount)
  { 'cust_code' => 'ruby-customer', 'order_id' => number, 'item_id' => 'TEA', 'item_name' => '銘茶 髙級①', 'tax' => '0', 'amount' => amount }
end

def card
  paid = call('authorize', 'ST01-00131-101', order('RUBY-CARD-1', '3300').merge(
    'sps_cust_info_return_flg' => '1',
    'dtls' => { 'dtl' => { 'dtl_rowno' => '1', 'dtl_item_id' => 'TEA-1', 'dtl_item_name' => '煎茶', 'dtl_item_count' => '1', 'dtl_tax' => '300', 'dtl_amount' => '3300' } },
    'pay_method_info' => { 'dealings_type' => '10' },
    'pay_option_manage' => { 'token' => ENV.fetch('SBPS_TOKEN'), 'token_key' => ENV.fetch('SBPS_TOKEN_KEY'), 'cust_manage_flg' => '0', 'cardbrand_return_flg' => '1' },
    'encrypted_flg' => '1'
  ))
  ids = { 'sps_transaction_id' => paid['res_sps_transaction_id'].to_s, 'tracking_id' => paid['res_tracking_id'].to_s }
  done = ids.merge('processing_datetime' => japan_time)
  [
    paid,
    call('confirm', 'ST02-00101-101', done),
    call('capture', 'ST02-00201-101', done.merge('pay_option_manage' => { 'amount' => '3300' })),
    call('refund a part', 'ST02-00307-101', done.merge('pay_option_manage' => { 'amount' => '1000' })),
    call('inquire', 'MG01-00101-101', ids.merge('response_info_type' => '2', 'pay_option_manage' => { 'cardbrand_return_flg' => '1' }, 'encrypted_flg' => '1')),
    call('refund', 'ST02-00303-101', done)
  ]
end

def store
  person = { 'last_name' => '髙橋', 'first_name' => '花子', 'last_name_kana' => 'タカハシ', 'first_name_kana' => 'ハナコ', 'first_zip' => '604', 'second_zip' => '0001', 'add1' => '京都府', 'add2' => '京都市中京区', 'tel' => '0312345678', 'mail' => 'ruby@example.jp' }
  info = { 'issue_type' => '0' }.merge(person, 'seiyakudate' => japan_time(0, '%Y%m%d'), 'webcvstype' => '016', 'bill_date' => japan_time(10, '%Y%m%d'))
  issued = call('issue', 'ST01-00101-701', order('RUBY-STORE-1', '2160').merge('pay_method_info' => info, 'encrypted_flg' => '1'))
  ids = { 'sps_transaction_id' => issued['res_sps_transaction_id'].to_s, 'tracking_id' => issued['res_tracking_id'].to_s }
  [
    issued,
    call('inquire', 'MG01-00101-701', ids.merge('encrypted_flg' => '1')),
    call('cancel', 'ST02-00303-701', ids.merge('processing_datetime' => japan_time))
  ]
end

puts JSON.generate(ARGV[0] == 'card' ? card : store)
