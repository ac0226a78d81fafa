package dev.atexit.cli.demo;

import dev.atexit.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a part plays: it says what it does, runs programs, and has its claims checked. */
final class Stage {
    private final Layout layout;
    private int parts;
    private int checks;
    private int failed;

    Stage(Layout layout) {
        this.layout = layout;
    }

    /** Plays a part; one that cannot be played does not stop the others. */
    void show(Part part) throws InterruptedException {
        parts++;
        layout.heading(parts, part.title());
        try {
            part.play(this);
        } catch (IOException broken) {
            check("the part can be played, but: " + broken.getMessage(), false);
        }
    }

    /** Says what will happen, or what it means. */
    void say(String text) {
        layout.say(text);
    }

    /** Shows the lines of Java that matter. */
    void code(String... lines) {
        for (String line : lines) {
            layout.code(line);
        }
    }

    /** Starts a program of {@link Programs}, to be awaited or signalled. */
    Child start(String program, Object... arguments) throws IOException {
        return Child.start(null, program, arguments);
    }

    /** Starts a program that writes down what it owes, in a state directory that nobody else has. */
    Child startDurable(Path state, String program, Object... arguments) throws IOException {
        return Child.start(state, program, arguments);
    }

    /** Runs a program to its end and shows what it printed. */
    Child run(String program, Object... arguments) throws IOException, InterruptedException {
        Child child = start(program, arguments);
        child.await();
        show(child);
        return child;
    }

    /** Shows what a program printed, but for the frames of stack traces. */
    void show(Child child) {
        layout.output(child.linesWithoutFrames());
    }

    /** Shows lines of a file. */
    void show(List<String> lines) {
        layout.output(lines);
    }

    /** Checks a claim and shows what came of it. */
    void check(String claim, boolean holds) {
        checks++;
        failed += holds ? 0 : 1;
        layout.verdict(holds, claim);
    }

    /** Gives a part a directory of its own, which is gone when the part is over. */
    void inDirectory(DirectoryUse use) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("atexit-demo-");
        try {
            use.in(directory);
        } finally {
            FileTree.delete(directory);
        }
    }

    /** What a part does with its directory. */
    interface DirectoryUse {
        void in(Path directory) throws IOException, InterruptedException;
    }

    /** Says how it went; false if a claim did not hold. */
    boolean finish() {
        boolean good = failed == 0;
        String shown = parts + (parts == 1 ? " part, " : " parts, ") + checks + " claims checked, ";
        layout.summary(good, shown + (good ? "all hold." : failed + " do not hold."));
        return good;
    }
}
