// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

// A TLS 1.3 peer on Go's crypto/tls.
//
//	peer server PORT DIRECTORY GROUP    echoes what one client sends
//	peer client PORT DIRECTORY GROUP    sends its standard input, prints what comes back
//
// DIRECTORY has cert.pem and key.pem of the server, and ca.pem. GROUP is a code point in hexadecimal. What was
// negotiated goes to standard error.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
)

const (
	host = "peer.libssl4j.test"
	alpn = "libssl4j/1"
)

func main() {
	if err := run(os.Args[1], "127.0.0.1:"+os.Args[2], os.Args[3], os.Args[4]); err != nil {
		fmt.Fprintln(os.Stderr, "failed:", err)
		os.Exit(1)
	}
}

func run(role, address, directory, group string) error {
	code, err := strconv.ParseUint(group, 16, 16)
	if err != nil {
		return err
	}
	config := &tls.Config{
		MinVersion:       tls.VersionTLS13,
		CurvePreferences: []tls.CurveID{tls.CurveID(code)},
		NextProtos:       []string{alpn},
		ServerName:       host,
	}
	if role == "server" {
		return serve(config, address, directory)
	}
	return call(config, address, directory)
}

func serve(config *tls.Config, address, directory string) error {
	certificate, err := tls.LoadX509KeyPair(filepath.Join(directory, "cert.pem"), filepath.Join(directory, "key.pem"))
	if err != nil {
		return err
	}
	config.Certificates = []tls.Certificate{certificate}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	raw, err := listener.Accept()
	if err != nil {
		return err
	}
	listener.Close()
	conn := tls.Server(raw, config)
	if err := conn.Handshake(); err != nil {
		return err
	}
	report(conn)
	if _, err := io.Copy(conn, conn); err != nil {
		return err
	}
	return conn.Close()
}

func call(config *tls.Config, address, directory string) error {
	pem, err := os.ReadFile(filepath.Join(directory, "ca.pem"))
	if err != nil {
		return err
	}
	config.RootCAs = x509.NewCertPool()
	config.RootCAs.AppendCertsFromPEM(pem)
	conn, err := tls.Dial("tcp", address, config)
	if err != nil {
		return err
	}
	report(conn)
	sent := make(chan error, 1)
	go func() {
		_, err := io.Copy(conn, os.Stdin)
		if err == nil {
			err = conn.CloseWrite()
		}
		sent <- err
	}()
	if _, err := io.Copy(os.Stdout, conn); err != nil {
		return err
	}
	return <-sent
}

func report(conn *tls.Conn) {
	s := conn.ConnectionState()
	fmt.Fprintf(os.Stderr, "protocol: %s\nsuite: %s\nalpn: %s\ngroup: %04x\n",
		tls.VersionName(s.Version), tls.CipherSuiteName(s.CipherSuite), s.NegotiatedProtocol, uint16(s.CurveID))
}
