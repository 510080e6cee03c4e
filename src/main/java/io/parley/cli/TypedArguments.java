package io.parley.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The arguments as they were typed. Where the system does not have the locale that the environment asks for, as on many
 * servers and in small images, the JVM takes ASCII for the character set and reads each byte of a Chinese name as a
 * replacement character; a name would be stored like that. Linux still has the bytes.
 */
public final class TypedArguments {

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final char REPLACEMENT = '\uFFFD';

    private TypedArguments() {}

    /** What the JVM read, unless it lost something and UTF-8 makes sense of it. */
    public static String[] of(String... read) {
        if (Arrays.stream(read).noneMatch(TypedArguments::isDamaged) || !Files.isReadable(COMMAND_LINE)) {
            return read;
        }
        try {
            return of(read, Files.readAllBytes(COMMAND_LINE));
        } catch (IOException unreadable) {
            return read;
        }
    }

    /** @param commandLine  of the whole process; each word ends with a zero byte, ours are the last */
    static String[] of(String[] read, byte[] commandLine) {
        List<String> words;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(commandLine))
                    .toString();
            words = Stream.of(text.split("\0", -1)).collect(Collectors.toList());
        } catch (CharacterCodingException notUtf8) {
            return read;
        }
        words.remove(words.size() - 1);
        if (words.size() < read.length) {
            return read;
        }
        List<String> typed = words.subList(words.size() - read.length, words.size());
        boolean areOurs =
                IntStream.range(0, read.length).allMatch(i -> isDamaged(read[i]) || read[i].equals(typed.get(i)));
        return areOurs ? typed.toArray(String[]::new) : read;
    }

    private static boolean isDamaged(String argument) {
        return argument.indexOf(REPLACEMENT) >= 0;
    }
}
