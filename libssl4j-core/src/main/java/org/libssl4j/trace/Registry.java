// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.trace;

import java.util.HashMap;
import java.util.Map;

/** Names of IANA's TLS registries for numbers off the wire, also for what we do not speak ourselves. A number that is not here gets a name that says so. */
final class Registry {
    static final Registry HANDSHAKE_TYPES = new Registry("""
            00 HelloRequest
            01 ClientHello
            02 ServerHello
            03 HelloVerifyRequest
            04 NewSessionTicket
            05 EndOfEarlyData
            06 HelloRetryRequest
            08 EncryptedExtensions
            09 RequestConnectionId
            0a NewConnectionId
            0b Certificate
            0c ServerKeyExchange
            0d CertificateRequest
            0e ServerHelloDone
            0f CertificateVerify
            10 ClientKeyExchange
            11 ClientCertificateRequest
            14 Finished
            15 CertificateUrl
            16 CertificateStatus
            17 SupplementalData
            18 KeyUpdate
            19 CompressedCertificate
            1a EktKey
            fe MessageHash
            """);

    static final Registry CONTENT_TYPES = new Registry("""
            14 ChangeCipherSpec
            15 Alert
            16 Handshake
            17 ApplicationData
            18 Heartbeat
            """);

    static final Registry VERSIONS = new Registry("""
            0002 SSL 2.0
            0300 SSL 3.0
            0301 TLS 1.0
            0302 TLS 1.1
            0303 TLS 1.2
            0304 TLS 1.3
            feff DTLS 1.0
            fefd DTLS 1.2
            fefc DTLS 1.3
            """);

    static final Registry EXTENSIONS = new Registry("""
            0000 server_name
            0001 max_fragment_length
            0002 client_certificate_url
            0003 trusted_ca_keys
            0004 truncated_hmac
            0005 status_request
            0006 user_mapping
            0007 client_authz
            0008 server_authz
            0009 cert_type
            000a supported_groups
            000b ec_point_formats
            000c srp
            000d signature_algorithms
            000e use_srtp
            000f heartbeat
            0010 application_layer_protocol_negotiation
            0011 status_request_v2
            0012 signed_certificate_timestamp
            0013 client_certificate_type
            0014 server_certificate_type
            0015 padding
            0016 encrypt_then_mac
            0017 extended_master_secret
            0018 token_binding
            0019 cached_info
            001b compress_certificate
            001c record_size_limit
            001d pwd_protect
            001e pwd_clear
            001f password_salt
            0020 ticket_pinning
            0021 tls_cert_with_extern_psk
            0022 delegated_credential
            0023 session_ticket
            0027 supported_ekt_ciphers
            0029 pre_shared_key
            002a early_data
            002b supported_versions
            002c cookie
            002d psk_key_exchange_modes
            002f certificate_authorities
            0030 oid_filters
            0031 post_handshake_auth
            0032 signature_algorithms_cert
            0033 key_share
            0034 transparency_info
            0036 connection_id
            0037 external_id_hash
            0038 external_session_id
            0039 quic_transport_parameters
            003a ticket_request
            003b dnssec_chain
            003c sequence_number_encryption_algorithms
            003d rrc
            3374 next_protocol_negotiation
            4469 application_settings
            44cd application_settings
            ca34 trust_anchors
            fd00 ech_outer_extensions
            fe0d encrypted_client_hello
            ff01 renegotiation_info
            """);

    static final Registry GROUPS = new Registry("""
            0001 sect163k1
            0002 sect163r1
            0003 sect163r2
            0004 sect193r1
            0005 sect193r2
            0006 sect233k1
            0007 sect233r1
            0008 sect239k1
            0009 sect283k1
            000a sect283r1
            000b sect409k1
            000c sect409r1
            000d sect571k1
            000e sect571r1
            000f secp160k1
            0010 secp160r1
            0011 secp160r2
            0012 secp192k1
            0013 secp192r1
            0014 secp224k1
            0015 secp224r1
            0016 secp256k1
            0017 secp256r1
            0018 secp384r1
            0019 secp521r1
            001a brainpoolP256r1
            001b brainpoolP384r1
            001c brainpoolP512r1
            001d x25519
            001e x448
            001f brainpoolP256r1tls13
            0020 brainpoolP384r1tls13
            0021 brainpoolP512r1tls13
            0022 GC256A
            0023 GC256B
            0024 GC256C
            0025 GC256D
            0026 GC512A
            0027 GC512B
            0028 GC512C
            0029 curveSM2
            0100 ffdhe2048
            0101 ffdhe3072
            0102 ffdhe4096
            0103 ffdhe6144
            0104 ffdhe8192
            0200 MLKEM512
            0201 MLKEM768
            0202 MLKEM1024
            11eb SecP256r1MLKEM768
            11ec X25519MLKEM768
            11ed SecP384r1MLKEM1024
            11ee curveSM2MLKEM768
            6399 X25519Kyber768Draft00
            ff01 arbitrary_explicit_prime_curves
            ff02 arbitrary_explicit_char2_curves
            """);

    static final Registry SIGNATURE_SCHEMES = new Registry("""
            0101 rsa_pkcs1_md5
            0201 rsa_pkcs1_sha1
            0202 dsa_sha1
            0203 ecdsa_sha1
            0301 rsa_pkcs1_sha224
            0302 dsa_sha224
            0303 ecdsa_sha224
            0401 rsa_pkcs1_sha256
            0402 dsa_sha256
            0403 ecdsa_secp256r1_sha256
            0420 rsa_pkcs1_sha256_legacy
            0501 rsa_pkcs1_sha384
            0502 dsa_sha384
            0503 ecdsa_secp384r1_sha384
            0520 rsa_pkcs1_sha384_legacy
            0601 rsa_pkcs1_sha512
            0602 dsa_sha512
            0603 ecdsa_secp521r1_sha512
            0620 rsa_pkcs1_sha512_legacy
            0708 sm2sig_sm3
            0804 rsa_pss_rsae_sha256
            0805 rsa_pss_rsae_sha384
            0806 rsa_pss_rsae_sha512
            0807 ed25519
            0808 ed448
            0809 rsa_pss_pss_sha256
            080a rsa_pss_pss_sha384
            080b rsa_pss_pss_sha512
            081a ecdsa_brainpoolP256r1tls13_sha256
            081b ecdsa_brainpoolP384r1tls13_sha384
            081c ecdsa_brainpoolP512r1tls13_sha512
            0904 mldsa44
            0905 mldsa65
            0906 mldsa87
            """);

    static final Registry CERTIFICATE_TYPES = new Registry("""
            00 X509
            01 OpenPGP
            02 RawPublicKey
            03 1609Dot2
            """);

    static final Registry CERTIFICATE_COMPRESSION = new Registry("""
            0001 zlib
            0002 brotli
            0003 zstd
            """);

    static final Registry POINT_FORMATS = new Registry("""
            00 uncompressed
            01 ansiX962_compressed_prime
            02 ansiX962_compressed_char2
            """);

    static final Registry FRAGMENT_LENGTHS = new Registry("""
            00 disabled
            01 max_fragment_length := 2^9 (512 bytes)
            02 max_fragment_length := 2^10 (1024 bytes)
            03 max_fragment_length := 2^11 (2048 bytes)
            04 max_fragment_length := 2^12 (4096 bytes)
            """);

    static final Registry SRTP_PROFILES = new Registry("""
            0001 SRTP_AES128_CM_HMAC_SHA1_80
            0002 SRTP_AES128_CM_HMAC_SHA1_32
            0005 SRTP_NULL_HMAC_SHA1_80
            0006 SRTP_NULL_HMAC_SHA1_32
            0007 SRTP_AEAD_AES_128_GCM
            0008 SRTP_AEAD_AES_256_GCM
            """);

    static final Registry PSK_MODES = new Registry("""
            00 psk_ke
            01 psk_dhe_ke
            """);

    static final Registry KEY_UPDATES = new Registry("""
            00 update_not_requested
            01 update_requested
            """);

    static final Registry COMPRESSION_METHODS = new Registry("""
            00 No Compression
            01 Zlib Compression
            """);

    static final Registry QUIC_PARAMETERS = new Registry("""
            00 original_destination_connection_id
            01 max_idle_timeout
            02 stateless_reset_token
            03 max_udp_payload_size
            04 initial_max_data
            05 initial_max_stream_data_bidi_local
            06 initial_max_stream_data_bidi_remote
            07 initial_max_stream_data_uni
            08 initial_max_streams_bidi
            09 initial_max_streams_uni
            0a ack_delay_exponent
            0b max_ack_delay
            0c disable_active_migration
            0d preferred_address
            0e active_connection_id_limit
            0f initial_source_connection_id
            10 retry_source_connection_id
            11 version_information
            20 max_datagram_frame_size
            """);

    private final Map<Integer, String> names = new HashMap<>();

    /** @param table a line for each entry: its number in hexadecimal, a space, its name */
    Registry(String table) {
        table.lines().forEach(line -> {
            int space = line.indexOf(' ');
            names.put(Integer.parseInt(line.substring(0, space), 16), line.substring(space + 1));
        });
    }

    /** The name, or one that says that there is none. */
    String name(int code) {
        String name = names.get(code);
        // RFC 8701: numbers that are sent only to see whether they are ignored; those of a byte are left out here.
        boolean grease = (code & 0x0f0f) == 0x0a0a && code >> 8 == (code & 0xff);
        return name != null ? name : grease ? "GREASE" : "UNKNOWN";
    }
}
