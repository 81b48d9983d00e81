package dev.leat.submit.schedule;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.schedule.Cadence;
import dev.leat.domain.schedule.Cron;
import dev.leat.domain.schedule.CronSyntaxException;
import dev.leat.submit.submission.FieldReader;

/** When a schedule is due: by a cron expression in a time zone, or at an interval with an offset. For one thread. */
final class CadenceFields {

    static final List<String> NAMES = List.of("cron", "timeZone", "every", "offset");

    private final FieldReader reader;
    private Optional<Cron> cron = Optional.empty();
    private Optional<ZoneId> timeZone = Optional.empty();
    private Optional<Duration> every = Optional.empty();
    private Optional<Duration> offset = Optional.empty();
    private boolean byCron;
    private boolean byInterval;

    CadenceFields(FieldReader reader) {
        this.reader = reader;
    }

    void read(String name) throws IOException {
        switch (name) {
            case "cron" -> {
                byCron = true;
                cron = cron();
            }
            case "timeZone" -> timeZone = zone();
            case "every" -> {
                byInterval = true;
                every = reader.duration("/every", Cadence.SHORTEST, Cadence.Interval.LONGEST);
            }
            default -> offset = reader.duration("/offset", Duration.ZERO, Cadence.Interval.LONGEST);
        }
    }

    private Optional<Cron> cron() throws IOException {
        Optional<String> text = reader.text("/cron", "a cron expression such as \"30 2 * * MON-FRI\"");
        try {
            return text.map(Cron::parse);
        } catch (CronSyntaxException wrong) {
            reader.error("/cron", String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<ZoneId> zone() throws IOException {
        Optional<String> text = reader.text("/timeZone", "a time zone such as \"Europe/Berlin\"");
        try {
            return text.map(ZoneId::of);
        } catch (DateTimeException unknown) {
            reader.error("/timeZone", "Expected a time zone of the IANA database such as Europe/Berlin, but got '"
                    + FieldReader.excerpt(text.orElse("")) + "'");
            return Optional.empty();
        }
    }

    void check() {
        if (byCron == byInterval) {
            reader.error("", "Expected either cron or every, but got " + (byCron ? "both" : "neither"));
        } else if (byInterval && timeZone.isPresent()) {
            reader.error("/timeZone", "Expected a time zone with cron only, as an interval has none");
        } else if (byCron && offset.isPresent()) {
            reader.error("/offset", "Expected an offset with every only");
        } else if (every.isPresent() && offset.filter(moved -> moved.compareTo(every.get()) >= 0).isPresent()) {
            reader.error("/offset", "Expected an offset of less than the interval of " + every.get() + ", but got "
                    + offset.get());
        }
    }

    Cadence result() {
        return byCron
                ? new Cadence.OfCron(cron.orElseThrow(), timeZone.orElse(ZoneOffset.UTC))
                : new Cadence.Interval(every.orElseThrow(), offset.orElse(Duration.ZERO));
    }
}
