package dev.atexit.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AgentOptionsTest {
    @Test
    void parse_nothing_isAsByDefault() {
        AgentOptions options = AgentOptions.parse("");
        assertThat(options.report).isNull();
        assertThat(options.deadlineNanos).isZero();
        assertThat(options.noticeNanos).isEqualTo(TimeUnit.SECONDS.toNanos(10));
        assertThat(options.lifo).isFalse();
        assertThat(options.secondSignalHalts).isFalse();
        assertThat(options.sites).isTrue();
        assertThat(options.quiet).isFalse();
        assertThat(options.complaints).isEmpty();
    }

    @Test
    void parse_everything_isTaken() {
        AgentOptions options = AgentOptions.parse(
                " report = /tmp/a=b-%p.html ,,deadline=30s,notice=0,order=LIFO,second-signal=halt,sites=false,quiet,");
        assertThat(options.report).isEqualTo("/tmp/a=b-%p.html");
        assertThat(options.deadlineNanos).isEqualTo(TimeUnit.SECONDS.toNanos(30));
        assertThat(options.noticeNanos).isZero();
        assertThat(options.lifo).isTrue();
        assertThat(options.secondSignalHalts).isTrue();
        assertThat(options.sites).isFalse();
        assertThat(options.quiet).isTrue();
        assertThat(options.complaints).isEmpty();
    }

    @Test
    void parse_wrongValues_oneComplaintForEachAndTheValueBeforeStays() {
        AgentOptions options = AgentOptions.parse("deadline=5s,deadline=-1,notice,order=\n,quiet=yes,Report=a,=b");
        assertThat(options.deadlineNanos).isEqualTo(TimeUnit.SECONDS.toNanos(5));
        assertThat(options.noticeNanos).isEqualTo(TimeUnit.SECONDS.toNanos(10));
        assertThat(options.quiet).isFalse();
        assertThat(options.complaints)
                .containsExactly(
                        "option deadline is '-1', but must be a duration such as 25s, 500ms or 2m, or 0 for none; it is not"
                                + " used",
                        "option notice is '', but must be a duration such as 25s, 500ms or 2m, or 0 for none; it is not used",
                        "option order is '', but must be together or lifo; it is not used",
                        "option quiet is 'yes', but must be true or false; it is not used",
                        "there is no option 'Report', only report, deadline, notice, order, second-signal, sites and quiet;"
                                + " it is not used",
                        "there is no option '', only report, deadline, notice, order, second-signal, sites and quiet; it is"
                                + " not used");
    }
}
