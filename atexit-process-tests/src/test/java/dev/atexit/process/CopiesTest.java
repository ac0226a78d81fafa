package dev.atexit.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.AtExit;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several copies of the library in one JVM, each in a class loader of its own. */
@Execution(ExecutionMode.CONCURRENT)
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
    void copyOfTheProgram_hookMadeForAGuest_doesNotKeepTheGuestInMemory() throws Exception {
        ChildJvm.Ended ended = program("guestLeavesTheProgram")
                .classPath(TESTS + File.pathSeparator + CORE)
                .run();
        assertThat(ended.out()).as(ended.all()).containsExactly("collected: true");
    }

    @Test
    void host_thatLeavesWhileGuestsHaveHandlers_isNotKeptAndTheirOrderStays() throws Exception {
        ChildJvm.Ended ended = program("hostLeavesGuestsBehind").run();
        assertThat(ended.out())
                .as(ended.all())
                .containsExactly(
                        "collected: true",
                        "taken back: true",
                        "other 3",
                        "one 3",
                        "other 2",
                        "one 2",
                        "other 1",
                        "other 0",
                        "one 0");
    }

    @Test
    void host_thatLeavesWhileGuestsHaveSomethingToRunLast_isNotKeptAndThatRuns() throws Exception {
        ChildJvm.Ended ended = program("hostLeavesFinisherBehind").run();
        assertThat(ended.out())
                .as(ended.all())
                .startsWith("collected: true", "handler")
                .contains("one closes", "other closes");
    }

    @Test
    void host_thatLeavesJustBeforeTheExit_losesNothing() throws Exception {
        ChildJvm.Ended ended = program("hostLeavesGuestsAndExits").run();
        assertThat(ended.out())
                .as(ended.all())
                .containsExactly(
                        "taken back: true", "other 3", "one 3", "other 2", "one 2", "other 1", "other 0", "one 0");
    }

    @Test
    void host_whoseTableAGuestUses_staysUntilThatIsOver() throws Exception {
        ChildJvm.Ended ended = program(
                        "hostLeavesAfterTheLock",
                        directory.resolve("copies.lock").toString())
                .run();
        assertThat(ended.out())
                .as(ended.all())
                .containsExactly("one: true", "other: false", "collected: true", "other again: true");
    }

    @Test
    void host_withNothingButALock_isNotForgottenWithIt() throws Exception {
        ChildJvm.Ended ended = program(
                        "hostOfLockIsForgotten",
                        directory.resolve("copies.lock").toString())
                .run();
        assertThat(ended.out()).as(ended.all()).containsExactly("host: true", "other: false");
    }

    @Test
    void runExitHandlers_inTheHost_leavesTheGuestAlone() throws Exception {
        ChildJvm.Ended ended = program("hostRunsItsOwn").run();
        assertThat(ended.out())
                .as(ended.all())
                .containsExactly("host 2", "host 1", "run now: 2", "host 3", "guest 2", "guest 1");
    }

    @Test
    void handler_ofTheGuestFails_isReportedInItsOwnWords() throws Exception {
        ChildJvm.Ended ended = program("failing").run();
        assertThat(ended.status()).isZero();
        assertThat(ended.out()).as(ended.all()).containsExactly("host");
        assertThat(ended.err())
                .as(ended.all())
                .filteredOn(line -> line.startsWith("[atexit]"))
                .containsExactly(
                        "[atexit] ResourceGuard 'guard' release failed: java.io.IOException: no",
                        "[atexit] handler 'fails' failed: java.io.IOException: no");
    }

    @Test
    void finisher_ofTheGuest_runsAfterTheHandlersOfTheHost() throws Exception {
        ChildJvm.Ended ended = program("last").run();
        assertThat(ended.out()).as(ended.all()).containsExactly("host", "guest closes");
    }

    @Test
    void exitReason_inACopyThatHasRegisteredNothing_isTheHosts() throws Exception {
        ChildJvm.Ended ended = program("silentGuest").run();
        assertThat(ended.out()).as(ended.all()).containsExactlyInAnyOrder("host", "guest knows: end of main");
    }

    @Test
    void register_tooLate_isRefusedInBoth() throws Exception {
        ChildJvm.Ended ended = program("tooLate").run();
        assertThat(ended.out())
                .as(ended.all())
                .containsExactly("guest", "host", "host refused, pending 0", "guest refused, pending 0");
    }

    @RepeatedTest(5)
    void copies_thatComeAndGoAtTheSameTime_loseNothing() throws Exception {
        ChildJvm.Ended ended = program("churn").run();
        assertThat(ended.out())
                .as(ended.all())
                .containsExactlyInAnyOrder("joined", "copy 0", "copy 1", "copy 2", "copy 3", "copy 4", "copy 5");
        assertThat(ended.err()).as(ended.all()).isEmpty();
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
