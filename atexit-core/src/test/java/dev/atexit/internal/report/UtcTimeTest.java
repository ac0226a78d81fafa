package dev.atexit.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class UtcTimeTest {
    private static final DateTimeFormatter JDK = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** From the year 0 to the year 9999. */
    @Property(tries = 2000)
    void format_anyTime_isWhatTheJdkSays(
            @ForAll @LongRange(min = -62_167_219_200_000L, max = 253_402_300_799_999L) long t) {
        assertThat(UtcTime.format(t)).isEqualTo(JDK.format(Instant.ofEpochMilli(t)));
    }

    @Example
    void format_everyDayOfFourCenturies_isWhatTheJdkSays() {
        for (long day = -146_097; day <= 146_097; day++) {
            long t = day * 86_400_000L;
            assertThat(UtcTime.format(t)).isEqualTo(JDK.format(Instant.ofEpochMilli(t)));
        }
    }
}
