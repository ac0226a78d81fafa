package dev.atexit.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm.Ended;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What TERM and INT mean when the exit of a real program has already begun. */
@Execution(ExecutionMode.CONCURRENT)
class SecondSignalTest {
    private static List<String> ours(Ended child) {
        return child.err().stream().filter(line -> line.startsWith("[atexit]")).toList();
    }

    /** Starts a program and has its exit begin. */
    private static ChildJvm exiting(String program, Ending ending, String... options) throws Exception {
        ChildJvm child = ChildJvm.running(SequenceProgram.class, program, ending.name())
                .jvm(options)
                .start();
        child.awaitLine(Ending.LINE);
        if (ending.signal != null) {
            child.signal(ending.signal);
        }
        child.awaitLine("handler runs");
        return child;
    }

    @ParameterizedTest
    @CsvSource({"TERM, TERM, 143", "TERM, INT, 130", "INT, INT, 130", "HUP, TERM, 143"})
    void secondSignal_laterThanASecondAfterTheFirst_endsAtOnce(Ending first, String second, int status)
            throws Exception {
        try (ChildJvm child = exiting("tellsTheTime", first)) {
            child.awaitLine("late enough");
            child.signal(second);
            Ended ended = child.await();
            assertThat(ended.status()).as(ended.all()).isEqualTo(status);
            assertThat(ours(ended))
                    .as(ended.all())
                    .containsExactly("[atexit] SIG" + second + " again: ending at once while in 'slow'");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"TERM", "EXIT", "END_OF_MAIN"})
    void secondSignal_atOnce_isTheSameRequest(Ending first) throws Exception {
        try (ChildJvm child = exiting("raisesSignalsInTheFirstSecond", first)) {
            child.awaitLine("handler ends");
            Ended ended = child.await();
            assertThat(ended.status()).as(ended.all()).isEqualTo(first.status);
            assertThat(ended.err()).as(ended.all()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"EXIT", "END_OF_MAIN", "UNCAUGHT"})
    void signals_afterAnotherBeginning_firstWarnsAndSecondEnds(Ending first) throws Exception {
        try (ChildJvm child = exiting("tellsTheTime", first)) {
            child.awaitLine("late enough");
            child.signal("INT");
            child.awaitLine("[atexit] SIGINT during the exit: again to end at once");
            child.signal("TERM");
            Ended ended = child.await();
            assertThat(ended.status()).as(ended.all()).isEqualTo(143);
            assertThat(ours(ended)).as(ended.all()).hasSize(2);
            assertThat(ours(ended).get(1)).isEqualTo("[atexit] SIGTERM again: ending at once while in 'slow'");
        }
    }

    @Test
    void secondSignal_ignoredByPolicy_doesNothing() throws Exception {
        try (ChildJvm child = exiting("tellsTheTimeAndIgnores", Ending.TERM)) {
            child.awaitLine("late enough");
            child.signal("TERM");
            child.signal("INT");
            Ended ended = child.await();
            assertThat(ended.status()).as(ended.all()).isEqualTo(143);
            assertThat(ended.out()).as(ended.all()).containsExactly("handler runs", "late enough", "handler ends");
            assertThat(ended.err()).as(ended.all()).isEmpty();
        }
    }

    @Test
    void secondSignal_operatorSaysHalt_winsOverThePolicy() throws Exception {
        try (ChildJvm child = exiting("tellsTheTimeAndIgnores", Ending.TERM, "-Datexit.second.signal=HALT")) {
            child.awaitLine("late enough");
            child.signal("TERM");
            Ended ended = child.await();
            assertThat(ended.out()).as(ended.all()).doesNotContain("handler ends");
        }
    }

    @Test
    void signal_thatTheProgramHandlesItself_isLeftToIt() throws Exception {
        try (ChildJvm child = exiting("handlesTermItself", Ending.INT)) {
            child.awaitLine("late enough");
            child.signal("TERM");
            child.awaitLine("mine");
            child.signal("INT");
            Ended ended = child.await();
            assertThat(ended.status()).as(ended.all()).isEqualTo(130);
            assertThat(ours(ended))
                    .as(ended.all())
                    .containsExactly("[atexit] SIGINT again: ending at once while in 'slow'");
        }
    }

    @Test
    void secondSignal_withoutSignalsInTheJvm_harmsNothing() throws Exception {
        try (ChildJvm child = exiting("endsAfterTheFirstSecond", Ending.EXIT, "-Xrs")) {
            Ended ended = child.await();
            assertThat(ended.status()).as(ended.all()).isEqualTo(3);
            assertThat(ended.out()).as(ended.all()).containsExactly("handler runs", "handler ends");
            assertThat(ended.err()).as(ended.all()).isEmpty();
        }
    }
}
