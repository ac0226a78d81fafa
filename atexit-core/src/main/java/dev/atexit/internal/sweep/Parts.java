package dev.atexit.internal.sweep;

/** What is known of the parts of a group, which are counted from 0 in the order in which they are done. */
public interface Parts {
    /** Of which nothing is known, and nothing is written down. */
    Parts NONE = new Parts() {
        @Override
        public boolean isDone(int part) {
            return false;
        }

        @Override
        public void done(int part) {}
    };

    /** Whether a part has been done before, and is not to be done again. */
    boolean isDone(int part);

    /** A part is owed no more. */
    void done(int part);
}
