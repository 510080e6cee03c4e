package io.parley.profile;

import com.sun.security.auth.module.UnixSystem;
import io.parley.profile.ProfileFault.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A directory whose files nobody else may change, held open: its owner and permissions are checked once, on the open
 * directory, and each file is reached through it. So nobody can put another directory or a link in its place between
 * the check and the use. Needs a POSIX file system.
 */
final class PrivateDirectory implements Closeable {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> CHANGE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> READ =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private final Path path;
    private final SecureDirectoryStream<Path> directory;
    private FileChannel locked;

    private PrivateDirectory(Path path, SecureDirectoryStream<Path> directory) {
        this.path = path;
        this.directory = directory;
    }

    /** Empty when there is none; otherwise it is as it must be, or a {@link ProfileFault} says what is wrong. */
    static Optional<PrivateDirectory> open(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of(owned(path, opened -> requireNot(CHANGE, Problem.WRITABLE, path, opened.view())));
    }

    /** Makes it when it is missing, and takes from everybody else what they may do in it. */
    static PrivateDirectory make(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        return owned(path, opened -> opened.view().setPermissions(OWNER_ONLY));
    }

    private interface Step {
        void on(PrivateDirectory opened) throws IOException;
    }

    private static PrivateDirectory owned(Path path, Step then) throws IOException {
        PrivateDirectory opened = unchecked(path);
        try {
            requireOwn(path, opened.view());
            then.on(opened);
            return opened;
        } catch (IOException | RuntimeException unusable) {
            opened.close();
            throw unusable;
        }
    }

    private static PrivateDirectory unchecked(Path path) throws IOException {
        // A link of one's own is how some people keep their settings; one by somebody else would lead a token astray.
        if (Files.isSymbolicLink(path) && !isTrusted(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS))) {
            throw ProfileFault.of(Problem.FOREIGN, path);
        }
        DirectoryStream<Path> opened;
        try {
            opened = Files.newDirectoryStream(path);
        } catch (NotDirectoryException | NoSuchFileException aFileOrALinkToNothing) {
            throw ProfileFault.of(Problem.UNREADABLE, path);
        }
        if (opened instanceof SecureDirectoryStream<Path> secure) {
            return new PrivateDirectory(path, secure);
        }
        opened.close();
        throw ProfileFault.of(Problem.UNPROTECTED, path);
    }

    /**
     * The text of a file; empty when there is none.
     *
     * @param secret    whether nobody else may even read it
     * @param maxBytes  over it the file is refused
     */
    Optional<String> read(String name, boolean secret, int maxBytes) throws IOException {
        Path file = path.resolve(name);
        PosixFileAttributeView view = directory.getFileAttributeView(Path.of(name), PosixFileAttributeView.class);
        try {
            if (!view.readAttributes().isRegularFile()) {
                throw ProfileFault.of(Problem.UNREADABLE, file);
            }
            requireOwn(file, view);
            requireNot(CHANGE, Problem.WRITABLE, file, view);
            if (secret) {
                requireNot(READ, Problem.READABLE, file, view);
            }
            return Optional.of(text(file, maxBytes));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    private String text(Path file, int maxBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(maxBytes + 1);
        try (SeekableByteChannel channel =
                directory.newByteChannel(file.getFileName(), Set.of(StandardOpenOption.READ))) {
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // To the end, or one byte too far
            }
        }
        if (!bytes.hasRemaining()) {
            throw ProfileFault.of(Problem.TOO_LARGE, file, String.valueOf(maxBytes));
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    /** Puts a file in the place of any older one, at once and whole; only its owner may ever read it. */
    void write(String name, String content) throws IOException {
        Path aside = Path.of("." + name + "." + UUID.randomUUID());
        Set<StandardOpenOption> anew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = directory.newByteChannel(aside, anew, OWNER_ONLY_FILE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            ((FileChannel) channel).force(true);
            directory.move(aside, directory, Path.of(name));
        } catch (IOException notWritten) {
            discard(aside, notWritten);
            throw notWritten;
        }
    }

    private void discard(Path half, IOException why) {
        try {
            delete(half.toString());
        } catch (IOException left) {
            why.addSuppressed(left);
        }
    }

    /** Whether there was one. A link is removed, not what it names. */
    boolean delete(String name) throws IOException {
        try {
            directory.deleteFile(Path.of(name));
            return true;
        } catch (NoSuchFileException missing) {
            return false;
        }
    }

    /** Waits for whoever else does the same; held until the directory is closed. */
    void lock(String name) throws IOException {
        Set<StandardOpenOption> any = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        locked = (FileChannel) directory.newByteChannel(Path.of(name), any, OWNER_ONLY_FILE);
        locked.lock();
    }

    private PosixFileAttributeView view() {
        return directory.getFileAttributeView(PosixFileAttributeView.class);
    }

    private static void requireOwn(Path what, PosixFileAttributeView view) throws IOException {
        PosixFileAttributes attributes = view.readAttributes();
        if (!isTrusted(attributes.owner())) {
            throw ProfileFault.of(Problem.FOREIGN, what);
        }
    }

    private static void requireNot(
            Set<PosixFilePermission> others, Problem problem, Path what, PosixFileAttributeView view)
            throws IOException {
        if (view.readAttributes().permissions().stream().anyMatch(others::contains)) {
            throw ProfileFault.of(problem, what);
        }
    }

    /** Who runs this, and root, who could change anything anyway. By number, as not every one has a name. */
    private static boolean isTrusted(UserPrincipal owner) throws IOException {
        return owner.equals(numbered(new UnixSystem().getUid())) || owner.equals(numbered(0));
    }

    private static UserPrincipal numbered(long uid) throws IOException {
        return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(Long.toString(uid));
    }

    @Override
    public void close() throws IOException {
        if (locked != null) {
            locked.close();
        }
        directory.close();
    }
}
