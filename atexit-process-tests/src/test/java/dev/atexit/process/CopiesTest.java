package dev.atexit.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.AtExit;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several copies of the library in one JVM, each in a class loader of its own. */
class CopiesTest {
    private static final String CORE = ChildJvm.place(AtExit.class);
    private static final String TESTS = ChildJvm.place(CopiesTest.class);

    @TempDir
    private Path directory;

    /** A program that has no copy of its own. */
    private static ChildJvm.Builder program(String scenario, String... more) {
        String[] arguments = new String[3 + more.length];
        arguments[0] = scenario;
        arguments[1] = CORE;
        arguments[2] = TESTS;
        System.arraycopy(more, 0, arguments, 3, more.length);
        return ChildJvm.running(CopiesProgram.class, arguments).classPath(TESTS);
    }

    @Test
    void order_twoCopies_isOne() throws Exception {
        ChildJvm.Ended ended = program("order").run();
        assertThat(ended.out())
                .as(ended.all())
                .containsExactly("other 2", "one 2", "other 1", "one 1", "other 0", "one 0");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void order_copyOfTheProgramAndAnotherThatCameFirst_isOne() throws Exception {
        ChildJvm.Ended ended = program("orderWithTheProgram")
                .classPath(TESTS + File.pathSeparator + CORE)
                .run();
        assertThat(ended.out())
                .as(ended.all())
                .containsExactly("other 2", "one 2", "other 1", "one 1", "other 0", "one 0");
    }

    @Test
    void takeBack_inTheGuest_leavesTheHostAlone() throws Exception {
        ChildJvm.Ended ended = program("takeBack").run();
        assertThat(ended.out()).as(ended.all()).containsExactly("taken back: true", "guest 2", "run now: 1", "host 1");
    }

    @Test
    void exitReason_inTheGuest_isTheHosts() throws Exception {
        ChildJvm.Ended ended = program("reason").run();
        assertThat(ended.out()).as(ended.all()).containsExactly("guest end of main", "host");
    }

    @Test
    void register_byAHandlerOfTheGuest_runsNext() throws Exception {
        ChildJvm.Ended ended = program("nested").run();
        assertThat(ended.out()).as(ended.all()).containsExactly("guest", "guest again", "host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hostLeaves", "guestLeaves"})
    void copy_thatHasTakenBackEverything_isNotKeptInMemory(String scenario) throws Exception {
        ChildJvm.Ended ended = program(scenario).run();
        assertThat(ended.out()).as(ended.all()).contains("collected: true").doesNotContain("undeployed");
        assertThat(ended.out()).hasSize(scenario.equals("hostLeaves") ? 7 : 2);
    }

    @Test
    void lock_heldByOneCopy_isNeitherGivenToTheOtherNorDropped() throws Exception {
        Path lock = directory.resolve("copies.lock");
        try (ChildJvm holder = program("lock", lock.toString()).start();
                ChildJvm outside = ChildJvm.running(LockProgram.class).start()) {
            holder.awaitLine(Ending.LINE);
            outside.awaitLine(Ending.LINE);
            outside.tell("lock " + lock);
            outside.awaitLine("lost");
            holder.tell("go on");
            ChildJvm.Ended ended = holder.await();
            assertThat(ended.out())
                    .as(ended.all())
                    .containsExactly("one: true", "other: false", "asked: true", "other again: true");
        }
    }
}
