// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

// A TLS 1.3 peer on Node.js, whose TLS is OpenSSL's.
//
//   node peer.js server PORT DIRECTORY GROUP SUITE    echoes what one client sends
//   node peer.js client PORT DIRECTORY GROUP SUITE    sends its standard input, prints what comes back
//
// DIRECTORY has cert.pem and key.pem of the server, and ca.pem. What was negotiated goes to standard error.
'use strict';

const fs = require('fs');
const path = require('path');
const tls = require('tls');

const HOST = 'peer.libssl4j.test';
const [role, port, directory, group, suite] = process.argv.slice(2);
const file = (name) => fs.readFileSync(path.join(directory, name));
// A tag of 8 bytes is worth 64 bits, which OpenSSL's security level 0 alone lets pass.
const ciphers = suite === 'TLS_AES_128_CCM_8_SHA256' ? `${suite}:DEFAULT:@SECLEVEL=0` : suite;
const options = { minVersion: 'TLSv1.3', ecdhCurve: group, ciphers, ALPNProtocols: ['libssl4j/1'] };

function report(socket) {
  console.error(`openssl: ${process.versions.openssl}`);
  console.error(`protocol: ${socket.getProtocol()}`);
  console.error(`suite: ${socket.getCipher().standardName}`);
  console.error(`alpn: ${socket.alpnProtocol}`);
}

function fail(e) {
  console.error(e);
  process.exit(1);
}

if (role === 'server') {
  const server = tls.createServer({ ...options, key: file('key.pem'), cert: file('cert.pem') }, (socket) => {
    report(socket);
    socket.on('error', fail);
    socket.pipe(socket); // ends with the client
    server.close();
  });
  server.on('tlsClientError', fail);
  server.listen(Number(port), '127.0.0.1');
} else {
  const socket = tls.connect(
    { ...options, host: '127.0.0.1', port: Number(port), servername: HOST, ca: file('ca.pem') },
    () => {
      report(socket);
      console.error(`authorized: ${socket.authorized}`);
      process.stdin.pipe(socket);
      socket.pipe(process.stdout);
    },
  );
  socket.on('error', fail);
}
