/** The codec {@code line}: lines for telnet, nc and {@code openssl s_client}, in two dialects (text-and-line.md). */
package io.parley.codec.line;
