package dev.atexit.internal.tree;

import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** An open directory on the way from the root of the tree to where a walk stands. */
final class Level {
    final @Nullable Level above;

    /** Its name in {@link #above}; meaningless for the root. */
    final Path name;

    final SecureDirectoryStream<Path> stream;
    final Iterator<Path> entries;

    /** 0 for the root. */
    final int depth;

    /** Whether something in it could not be deleted, so that it is no use to try it itself. */
    boolean occupied;

    private boolean repairTried;

    Level(@Nullable Level above, Path name, SecureDirectoryStream<Path> stream) {
        this.above = above;
        this.name = name;
        this.stream = stream;
        this.entries = stream.iterator();
        this.depth = above == null ? 0 : above.depth + 1;
    }

    /** Lets the owner write here, if it is ours to allow; true if it is worth trying again. */
    boolean repair() {
        if (repairTried) {
            return false;
        }
        repairTried = true;
        return Attributes.repair(stream);
    }

    /** The path of an entry, for messages. */
    Path path(Path root, @Nullable Path entry) {
        Path here = above == null ? root : above.path(root, name);
        return entry == null ? here : here.resolve(entry);
    }
}
