package dev.atexit.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.internal.process.ProcessIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerFileTest {
    @Test
    void parse_whatFormatWrites_isTheSame() {
        ProcessIdentity process = new ProcessIdentity(4242, "build-7", 5, "somewhere/else/1");
        Owner owner = OwnerFile.parse(OwnerFile.format(new Owner(process, 6)));
        assertThat(owner).isNotNull();
        assertThat(owner.process.pid).isEqualTo(4242);
        assertThat(owner.process.host).isEqualTo("build-7");
        assertThat(owner.process.startedMillis).isEqualTo(5);
        assertThat(owner.process.exact).isEqualTo("somewhere/else/1");
        assertThat(owner.sinceMillis).isEqualTo(6);
    }

    @Test
    void parse_onlyWhatIsNeeded_restIsUnknown() {
        Owner owner = OwnerFile.parse("host h\npid 999999999999999990\nsince 12:30\n");
        assertThat(owner).isNotNull();
        assertThat(owner.process.pid).isEqualTo(999_999_999_999_999_990L);
        assertThat(owner.process.host).isEqualTo("h");
        assertThat(owner.process.startedMillis).isZero();
        assertThat(owner.process.exact).isEmpty();
        assertThat(owner.sinceMillis).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pid 0\nhost h\n",
                "pid 1/\nhost h\n",
                "pid 1:\nhost h\n",
                "pid \nhost h\n",
                "pid 1000000000000000000\nhost h\n",
                "pid 1\nhost h",
                "pid 1\n",
                "host h\n",
                "pids 1\nhosts h\n",
            })
    void parse_damaged_isNobody(String text) {
        assertThat(OwnerFile.parse(text)).isNull();
    }
}
