package dev.atexit.internal.tree;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names for directories that are moved up into the root of their tree, and where they came from.
 *
 * <p>A rename replaces an empty directory that has the new name. So the names are such that nobody has them; who watches
 * and guesses the next one can only lose an empty directory of the very tree that is being deleted.
 */
final class MovedNames {
    /** For messages only, so it need not be complete. */
    private static final int MAX_ORIGINS = 1_000;

    private static final int MAX_ORIGIN_LENGTH = 1_000;

    private final Path root;
    private final String prefix = ".atexit-" + RandomName.next() + "-";
    private final Map<Path, String> origins = new HashMap<>();
    private int count;

    MovedNames(Path root) {
        this.root = root;
    }

    Path next() {
        count++;
        return root.getFileSystem().getPath(prefix + count);
    }

    void moved(Path name, Path from) {
        if (origins.size() < MAX_ORIGINS) {
            String first = origins.get(from.getName(root.getNameCount()));
            String origin = first == null
                    ? from.toString()
                    : first + "/" + from.subpath(root.getNameCount() + 1, from.getNameCount());
            origins.put(
                    name,
                    origin.length() > MAX_ORIGIN_LENGTH ? origin.substring(0, MAX_ORIGIN_LENGTH) + "..." : origin);
        }
    }

    /** Where the directory came from that was moved up and has this entry in it, or is it; null if none. */
    @Nullable
    String origin(Level level, @Nullable Path entry) {
        Path top = entry;
        for (Level at = level; at.above != null; at = at.above) {
            top = at.name;
        }
        return top == null ? null : origins.get(top);
    }
}
