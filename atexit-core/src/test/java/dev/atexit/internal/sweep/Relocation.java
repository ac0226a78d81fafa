package dev.atexit.internal.sweep;

import dev.atexit.internal.journal.Action;
import dev.atexit.internal.journal.JournalBytes;
import dev.atexit.internal.tree.PathBytes;
import dev.atexit.internal.tree.RecordedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves what is written down below a directory, whatever its paths are. Bits of each inode number choose what the identity
 * becomes: the true one, one that is nearly true, that of something else, or nothing that there is. It keeps in mind what
 * may be deleted then.
 */
final class Relocation {
    private static final int MAX_BYTES = 4096;
    private static final int CHOICE_AT = 4;
    private static final int CHOICES = 4;

    private final Path root;
    private final @Nullable Random wrong;
    private final Set<Path> allowed = new HashSet<>();

    Relocation(Path root) {
        this(root, null);
    }

    /** One in which no identity is true. */
    Relocation(Path root, @Nullable Random wrong) {
        this.root = root;
        this.wrong = wrong;
    }

    /** Whether something may have been deleted: it, or what it is in, is written down as what it really is. */
    boolean allows(Path gone) {
        for (Path path = gone; path != null; path = path.getParent()) {
            if (allowed.contains(path)) {
                return true;
            }
        }
        return false;
    }

    Action of(Action action) throws IOException {
        if (action instanceof Action.Group group) {
            List<Action> parts = new ArrayList<>();
            for (Action part : group.actions) {
                parts.add(of(part));
            }
            return new Action.Group(parts);
        }
        if (action instanceof Action.Delete delete) {
            Path path = below(delete.path);
            RecordedFile parent = identity(path.getParent(), delete.parent);
            RecordedFile made = identity(path, delete.made);
            allow(path, made, parent, delete.made == null && delete.randomLength >= 32);
            return new Action.Delete(delete.tree, path, parent, made, delete.randomFrom, delete.randomLength);
        }
        if (action instanceof Action.RemovePidFile removal) {
            Path path = below(removal.path);
            Path temporary = removal.temporary == null ? null : below(removal.temporary);
            RecordedFile parent = identity(path.getParent(), removal.parent);
            RecordedFile made = identity(path, removal.made);
            allow(path, made, parent, false);
            if (temporary != null) {
                allow(temporary, made, parent, removal.made == null);
            }
            return new Action.RemovePidFile(path, parent, made, removal.pid, temporary);
        }
        return action;
    }

    /** The same names below the root; as many of them as fit. */
    private Path below(Path path) {
        byte[] begin = PathBytes.encode(root);
        byte[] all = Arrays.copyOf(begin, begin.length + PathBytes.encode(path).length);
        System.arraycopy(PathBytes.encode(path), 0, all, begin.length, all.length - begin.length);
        return all.length <= MAX_BYTES
                ? PathBytes.decode(all)
                : root.resolve("x").resolve("too-long");
    }

    private @Nullable RecordedFile identity(Path path, @Nullable RecordedFile given) {
        if (given == null) {
            return null;
        }
        try {
            RecordedFile real = JournalBytes.recorded(path);
            RecordedFile other = JournalBytes.recorded(root.resolve("x/file-other.csv"));
            int choice = wrong == null ? (int) (given.inode >> CHOICE_AT) & 7 : 1 + wrong.nextInt(CHOICES);
            return switch (choice) {
                case 0 -> real;
                case 1 -> new RecordedFile(real.device, real.inode + 1, real.createdNanos, real.directory);
                case 2 -> new RecordedFile(real.device + 1, real.inode, real.createdNanos, real.directory);
                case 3 -> new RecordedFile(real.device, real.inode, real.createdNanos, !real.directory);
                case CHOICES -> new RecordedFile(other.device, other.inode, other.createdNanos, given.directory);
                default -> given;
            };
        } catch (IOException nothingThere) {
            return given;
        }
    }

    private void allow(Path path, @Nullable RecordedFile made, @Nullable RecordedFile parent, boolean random) {
        try {
            Path there = path.getParent().toRealPath().resolve(path.getFileName());
            boolean its = made != null && same(made, JournalBytes.recorded(there));
            boolean intended = made == null
                    && random
                    && RandomPart.in(path)
                    && parent != null
                    && same(parent, JournalBytes.recorded(there.getParent()));
            if (its || intended) {
                allowed.add(there);
            }
        } catch (IOException nothingThere) {
            // So there is nothing that could be deleted.
            return;
        }
    }

    private static boolean same(RecordedFile a, RecordedFile b) {
        return a.device == b.device && a.inode == b.inode && a.directory == b.directory;
    }
}
