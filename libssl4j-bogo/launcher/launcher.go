// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

// The same as launcher.c, which has the description, for machines with Go and without a C compiler.
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
)

// A failure that no test may take for one that it expects.
func hard(what string) {
	fmt.Fprintln(os.Stderr, "launcher:", what)
	os.Exit(90)
}

func main() {
	c, err := net.Dial("unix", os.Getenv("BOGO_SHIM_SOCK"))
	if err != nil {
		hard("no shim behind BOGO_SHIM_SOCK")
	}
	request := binary.BigEndian.AppendUint32(nil, uint32(len(os.Args)-1))
	for _, a := range os.Args[1:] {
		request = append(binary.BigEndian.AppendUint32(request, uint32(len(a))), a...)
	}
	if _, err := c.Write(request); err != nil {
		hard("the shim does not listen")
	}
	for {
		var head [5]byte
		if _, err := io.ReadFull(c, head[:]); err != nil {
			hard("the shim has hung up")
		}
		value := binary.BigEndian.Uint32(head[1:])
		if head[0] == 0 {
			os.Exit(int(value))
		}
		to := os.Stdout
		if head[0] == 2 {
			to = os.Stderr
		}
		if _, err := io.CopyN(to, c, int64(value)); err != nil {
			hard("the shim has hung up")
		}
	}
}
