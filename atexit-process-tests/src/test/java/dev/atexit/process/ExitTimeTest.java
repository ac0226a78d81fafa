package dev.atexit.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm.Ended;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Notices and deadlines in real programs, and where the values come from. */
@Execution(ExecutionMode.CONCURRENT)
class ExitTimeTest {
    private static final String DURATION_FORM =
            ", but must be a duration such as 25s, 500ms or 2m, or 0 for none; it is not used";

    private static ChildJvm.Builder child(String program) {
        return ChildJvm.running(SequenceProgram.class, program);
    }

    @Test
    void stuckNotice_handlerRunsLonger_isNamedWithItsStackAndNotCutOff() throws Exception {
        Ended child = child("stuckForThreeSeconds").run();
        assertThat(child.status()).isZero();
        assertThat(child.out()).as(child.all()).isEmpty();
        assertThat(child.err().get(0)).as(child.all()).matches("\\[atexit\\] still in 'drain' after [\\d.]+ m?s, at");
        assertThat(child.err().subList(1, child.err().size()))
                .as(child.all())
                .allMatch(line -> line.startsWith("\tat "))
                .anyMatch(line -> line.startsWith("\tat dev.atexit.process.SequenceProgram.stand("));
    }

    @Test
    void stuckNotice_setToZeroByOperator_isNotGiven() throws Exception {
        Ended child = child("stuckForThreeSeconds")
                .property("atexit.stuck.notice", "0")
                .run();
        assertThat(child.err()).as(child.all()).isEmpty();
    }

    @Test
    void deadline_notSet_nothingIsCutOffAndAfterTenSecondsTheHandlerIsNamed() throws Exception {
        try (ChildJvm child = child("hangs").start()) {
            child.awaitLine("the notice", line -> line.startsWith("[atexit] still in 'hangs' after 1"));
            child.signal("KILL");
            assertThat(child.await().status()).isEqualTo(137);
        }
    }

    @Test
    void deadline_passes_restIsSkippedByName() throws Exception {
        Ended child = child("manyHangWithDeadline").run();
        assertThat(child.status()).isZero();
        assertThat(child.err())
                .as(child.all())
                .filteredOn(line -> line.startsWith("[atexit] deadline passed, skipped: "))
                .singleElement()
                .asString()
                .endsWith("'hangs 39', 'hangs 40'");
        assertThat(child.elapsedSeconds()).isLessThan(20);
    }

    @Test
    void deadline_propertyAndEnvironmentAndCode_propertyWins() throws Exception {
        assertDeadline(child("hangsWithDeadlineInCode")
                .property("atexit.deadline", "60ms")
                .env("ATEXIT_DEADLINE", "5m"));
    }

    @Test
    void deadline_environmentAndCode_environmentWins() throws Exception {
        Ended child = child("timeLeft").env("ATEXIT_DEADLINE", " 10M ").run();
        assertThat(child.out()).as(child.all()).containsExactly("time left Optional[9 min]");
    }

    @Test
    void deadline_codeOnly_counts() throws Exception {
        assertDeadline(child("hangsWithDeadlineInCode"));
    }

    @Test
    void deadline_zeroByOperator_takesTheDeadlineOfCodeAway() throws Exception {
        try (ChildJvm child = child("hangsWithDeadlineInCode")
                .property("atexit.deadline", "0")
                .property("atexit.stuck.notice", "2s")
                .start()) {
            child.awaitLine("the notice", line -> line.startsWith("[atexit] still in 'hangs' after "));
        }
    }

    private static void assertDeadline(ChildJvm.Builder builder) throws Exception {
        Ended child = builder.run();
        assertThat(child.status()).as(child.all()).isZero();
        assertThat(child.err()).as(child.all()).anyMatch(line -> line.startsWith("[atexit] 'hangs' "));
        assertThat(child.elapsedSeconds()).isLessThan(30);
    }

    @Test
    void deadline_badInPropertyAndEnvironment_eachIsOneLineAndCodeCounts() throws Exception {
        Ended child = child("hangsWithDeadlineInCode")
                .property("atexit.deadline", "1 fortnight")
                .env("ATEXIT_DEADLINE", "-5s")
                .run();
        assertThat(child.status()).isZero();
        assertThat(child.err().subList(0, 2))
                .as(child.all())
                .containsExactly(
                        "[atexit] system property atexit.deadline is '1 fortnight'" + DURATION_FORM,
                        "[atexit] environment variable ATEXIT_DEADLINE is '-5s'" + DURATION_FORM);
        assertThat(child.err()).as(child.all()).anyMatch(line -> line.startsWith("[atexit] 'hangs' "));
    }

    @Test
    void values_badInProperty_environmentIsUsed() throws Exception {
        Ended child = child("timeLeft")
                .property("atexit.deadline", "")
                .env("ATEXIT_DEADLINE", "1h")
                .run();
        assertThat(child.out()).as(child.all()).containsExactly("time left Optional[59 min]");
        assertThat(child.err())
                .as(child.all())
                .containsExactly("[atexit] system property atexit.deadline is ''" + DURATION_FORM);
    }

    @Test
    void values_badOfEveryKind_areToldEach() throws Exception {
        Ended child = child("timeLeft")
                .property("atexit.stuck.notice", "soon")
                .property("atexit.second.signal", "maybe\u001b[2J")
                .env("ATEXIT_TRACK_UNCAUGHT", "yes")
                .run();
        assertThat(child.err())
                .as(child.all())
                .containsExactly(
                        "[atexit] system property atexit.stuck.notice is 'soon'" + DURATION_FORM,
                        "[atexit] system property atexit.second.signal is 'maybe\\u001b[2J', but must be halt or"
                                + " ignore; it is not used",
                        "[atexit] environment variable ATEXIT_TRACK_UNCAUGHT is 'yes', but must be true or false; it"
                                + " is not used");
        assertThat(child.out()).containsExactly("time left Optional.empty");
    }

    @Test
    void values_badInCode_throwAtOnceAndNameTheParameter() throws Exception {
        Ended child = child("badValuesInCode").run();
        assertThat(child.out())
                .as(child.all())
                .isEqualTo(List.of(
                        "deadline must be positive, but is PT0S; leave it out for no bound",
                        "deadline must be positive, but is PT-1S; leave it out for no bound"));
    }
}
