# The Ruby S3 Encryption Client (aws-sdk-s3) against the endpoint: writes objects that are to be read elsewhere, and reads
# objects that were written elsewhere. Settings come from the environment. Prints a line for each; exit code 1 on failure.
require 'aws-sdk-kms'
require 'aws-sdk-s3'
require 'base64'
require 'openssl'

url = ENV.fetch('INTEROP_URL')
bucket = ENV.fetch('INTEROP_BUCKET')
text = ENV.fetch('INTEROP_TEXT')
kms_key_id = ENV.fetch('INTEROP_KMS_KEY')
aes_key = Base64.strict_decode64(ENV.fetch('INTEROP_AES_KEY'))
rsa_key = OpenSSL::PKey::RSA.new(ENV.fetch('INTEROP_RSA_PEM'))

s3 = Aws::S3::Client.new(endpoint: url, force_path_style: true, retry_limit: 0)
kms = Aws::KMS::Client.new(endpoint: url, retry_limit: 0)

v2 = { content_encryption_schema: :aes_gcm_no_padding, security_profile: :v2, client: s3 }
keys = {
  'aes' => { encryption_key: aes_key, key_wrap_schema: :aes_gcm },
  'rsa' => { encryption_key: rsa_key, key_wrap_schema: :rsa_oaep_sha1 },
  'kms' => { kms_key_id: kms_key_id, kms_client: kms, key_wrap_schema: :kms_context }
}
v1_keys = {
  'aes' => { encryption_key: aes_key },
  'rsa' => { encryption_key: rsa_key },
  'kms' => { kms_key_id: kms_key_id, kms_client: kms }
}

failed = 0
check = lambda do |name, &work|
  work.call
  puts "ok      #{name}"
rescue StandardError => e
  failed += 1
  puts "FAILED  #{name}: #{e.class}: #{e.message}"
end

keys.each do |name, key|
  %i[metadata instruction_file].each do |place|
    client = Aws::S3::EncryptionV2::Client.new(**v2, **key, envelope_location: place)
    check.call("Ruby V2 writes with #{name}, #{place}") do
      client.put_object(bucket: bucket, key: "ruby-v2-#{name}-#{place}", body: text)
    end
    check.call("Ruby V2 reads what Sealed wrote with #{name}, #{place}") do
      options = { bucket: bucket, key: "sealed-#{name}-#{place}" }
      options[:kms_encryption_context] = { 'mood' => 'good' } if name == 'kms'
      # An aws-sdk-kms without KeyId in Decrypt can only let the ciphertext say which key it is.
      reader = name == 'kms' ? Aws::S3::EncryptionV2::Client.new(**v2, **key, kms_key_id: :kms_allow_decrypt_with_any_cmk, envelope_location: place) : client
      read = reader.get_object(**options).body.read
      raise "read #{read.inspect}" unless read == text
    end
  end
end

v1_keys.each do |name, key|
  check.call("Ruby V1 writes with #{name}") do
    client = Aws::S3::Encryption::Client.new(**key, client: s3)
    client.put_object(bucket: bucket, key: "ruby-v1-#{name}", body: text)
  end
end

exit(failed.zero? ? 0 : 1)
