package io.parley.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a run had stored and for whom, in a file: a later run, after the node and its stores were killed, knows from it
 * what must arrive.
 *
 * @param run      what the texts of that run begin with
 * @param entries  one for each recipient
 */
record Journal(String run, List<Entry> entries) {

    /** @param promised the numbers of the messages that the node said it stored */
    record Entry(String recipient, BitSet promised) {

        private String line() {
            return recipient + ' ' + HexFormat.of().formatHex(promised.toByteArray());
        }

        private static Entry parse(String line) {
            int space = line.indexOf(' ');
            byte[] bits = HexFormat.of().parseHex(line.substring(space + 1));
            return new Entry(line.substring(0, space), BitSet.valueOf(bits));
        }
    }

    Future<Void> write(Vertx vertx, Path file) {
        String lines = entries.stream().map(Entry::line).collect(Collectors.joining("\n", run + '\n', "\n"));
        return vertx.fileSystem().writeFile(file.toString(), Buffer.buffer(lines));
    }

    /** Fails when there is no such file, or it is not what {@link #write} makes. */
    static Future<Journal> read(Vertx vertx, Path file) {
        return vertx.fileSystem().readFile(file.toString()).map(content -> {
            List<String> lines = content.toString().lines().toList();
            if (lines.size() < 2 || !lines.stream().skip(1).allMatch(line -> line.matches("[^ ]+ ([0-9a-f]{2})*"))) {
                throw new IllegalArgumentException(file + " is not what `bench offline --store` wrote");
            }
            return new Journal(
                    lines.get(0), lines.stream().skip(1).map(Entry::parse).toList());
        });
    }
}
