package io.parley.dev;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Says that a living JVM uses a directory. The operating system holds it, so it ends with the JVM, however that ends;
 * the file {@code lock} in the directory stays, and means nothing by being there.
 */
final class DirectoryLock {
    private final FileChannel file;

    private DirectoryLock(FileChannel file) {
        this.file = file;
    }

    /** Fails at once when it is taken, by another JVM or by this one. */
    static DirectoryLock acquire(Path directory) throws IOException {
        Path path = directory.resolve("lock");
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null) {
                file.truncate(0);
                file.write(ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
                return new DirectoryLock(file);
            }
        } catch (OverlappingFileLockException takenByThisJvm) {
            // Answered like one taken by another.
        } catch (IOException lockFailed) {
            file.close();
            throw lockFailed;
        }
        file.close();
        throw new IOException(directory + " is in use by process " + Files.readString(path));
    }

    /** Idempotent. */
    void release() throws IOException {
        file.close();
    }
}
