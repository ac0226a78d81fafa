package dev.atexit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.process.ChildJvm.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why the program ends, as its handlers see it. */
@Execution(ExecutionMode.CONCURRENT)
class ExitReasonTest {
    private static final String BEFORE = "before: Optional.empty Optional.empty";

    private static void assertReason(String program, Ending ending, String reason) throws Exception {
        assumeTrue(ending.isPossible(), "virtual threads came with JDK 21");
        Ended child =
                ChildJvm.running(SequenceProgram.class, program, ending.name()).run(ending);
        assertThat(child.status()).as(child.all()).isEqualTo(ending.status);
        assertThat(child.out()).as(child.all()).hasSize(2).startsWith(BEFORE);
        assertThat(child.out().get(1)).as(child.all()).startsWith("reason: " + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "END_OF_MAIN, end of main",
        "UNCAUGHT, end of main",
        "EXIT, System.exit called by dev.atexit.process.Ending.perform(Ending.java:",
        "EXIT_IN_THREAD, System.exit called by dev.atexit.process.Ending.lambda$perform",
        "EXIT_IN_VIRTUAL_THREAD, 'System.exit, caller unknown'",
        "TERM, SIGTERM",
        "INT, SIGINT",
        "HUP, SIGHUP"
    })
    void exitReason_forEachWayOfEnding_isTold(Ending ending, String reason) throws Exception {
        assertReason("reason", ending, reason);
    }

    @ParameterizedTest
    @CsvSource({"END_OF_MAIN, end of main", "EXIT, System.exit called by ", "TERM, SIGTERM"})
    void exitReason_besideThreadNamedAsTheSignalsThread_isNotThatSignal(Ending ending, String reason) throws Exception {
        assertReason("reasonBesideDecoy", ending, reason);
    }

    @Test
    void exitReason_whenThreadNamedAsTheSignalsThreadExits_isSystemExit() throws Exception {
        Ended child = ChildJvm.running(SequenceProgram.class, "reasonOfDecoyThatExits")
                .run();
        assertThat(child.status()).as(child.all()).isEqualTo(3);
        assertThat(child.out().get(1)).as(child.all()).startsWith("reason: System.exit called by ");
    }

    @ParameterizedTest
    @CsvSource({"END_OF_MAIN, end of main", "EXIT, System.exit called by ", "INT, SIGINT"})
    void exitReason_whileTheProgramsSignalHandlerSleeps_isNotThatSignal(Ending ending, String reason) throws Exception {
        assertReason("reasonBesideSleepingSignalHandler", ending, reason);
    }

    @Test
    void exitReason_uncaughtExceptionTracked_isTheException() throws Exception {
        Ended child = ChildJvm.running(SequenceProgram.class, "reasonTrackingUncaught", "UNCAUGHT")
                .run();
        assertThat(child.status()).as(child.all()).isEqualTo(1);
        assertThat(child.out().get(1)).isEqualTo("reason: uncaught java.lang.IllegalStateException in thread main");
        assertThat(child.err().get(0))
                .isEqualTo("Exception in thread \"main\" java.lang.IllegalStateException: nobody catches this");
    }

    @Test
    void exitReason_uncaughtExceptionTrackedByOperator_isTheException() throws Exception {
        Ended child = ChildJvm.running(SequenceProgram.class, "reason", "UNCAUGHT")
                .env("ATEXIT_TRACK_UNCAUGHT", "true")
                .run();
        assertThat(child.out().get(1))
                .as(child.all())
                .isEqualTo("reason: uncaught java.lang.IllegalStateException in thread main");
    }

    @Test
    void exitReason_uncaughtExceptionTracked_handlerThatWasThereIsCalled() throws Exception {
        Ended child = ChildJvm.running(SequenceProgram.class, "reasonTrackingUncaughtBesideHandler", "UNCAUGHT")
                .run();
        assertThat(child.out())
                .as(child.all())
                .containsExactly(
                        BEFORE,
                        "chained: nobody catches this",
                        "reason: uncaught java.lang.IllegalStateException in thread main");
        assertThat(child.err()).isEmpty();
    }

    @Test
    void exitReason_uncaughtExceptionInThreadThatDoesNotEndTheProgram_isNotTheException() throws Exception {
        assertReason("reasonTrackingUncaughtElsewhere", Ending.END_OF_MAIN, "end of main");
    }

    @Test
    void exitReasonAndTimeLeft_askedByAnotherThread_areToldThere() throws Exception {
        Ended child = ChildJvm.running(SequenceProgram.class, "reasonFromAnywhere", "EXIT")
                .run();
        assertThat(child.out()).as(child.all()).hasSize(2).startsWith("lives: true true");
        assertThat(child.out().get(1))
                .as(child.all())
                .startsWith("ends: System.exit called by ")
                .endsWith(", time left true");
    }
}
