/**
 * The codec {@code text}: commands and sentences for people, in frames with a byte count (text-and-line.md). Its
 * sentences and the way it reads words serve the codec {@code line}, too.
 */
package io.parley.codec.text;
