package dev.leat.schemas;

import java.util.Arrays;
import java.util.Optional;

import dev.leat.domain.ClaimId;
import dev.leat.domain.JobLog;
import dev.leat.domain.LogLine;
import dev.leat.schemas.avro.LogLineRecord;

/** The logs of jobs, as the projector keeps them. */
final class LogMapping {

    static final Codec.Mapping<JobLog, dev.leat.schemas.avro.JobLog> MAPPING = new Codec.Mapping<>(
            dev.leat.schemas.avro.JobLog.class, LogMapping::toAvro, (_, avro) -> Optional.of(fromAvro(avro)));

    private LogMapping() {}

    private static dev.leat.schemas.avro.JobLog toAvro(JobLog log) {
        return dev.leat.schemas.avro.JobLog.newBuilder()
                .setLines(log.entries().stream().map(LogMapping::line).toList())
                .setDropped(log.dropped())
                .setLastClaimId(log.lastClaim().map(ClaimId::value).orElse(null))
                .setLastSequence(log.lastSequence())
                .build();
    }

    private static LogLineRecord line(JobLog.Entry entry) {
        LogLine line = entry.line();
        return new LogLineRecord(entry.attempt(), line.at(), line.level().wireName(), line.message(), line.fields());
    }

    private static JobLog fromAvro(dev.leat.schemas.avro.JobLog avro) {
        return new JobLog(avro.getLines().stream().map(LogMapping::entry).toList(), avro.getDropped(),
                Optional.ofNullable(avro.getLastClaimId()).map(ClaimId::new), avro.getLastSequence());
    }

    private static JobLog.Entry entry(LogLineRecord line) {
        return new JobLog.Entry(line.getAttempt(),
                new LogLine(line.getAt(), level(line.getLevel()), line.getMessage(), line.getFields()));
    }

    /** A level that this version does not know is shown as if it were nothing special. */
    static LogLine.Level level(String name) {
        return Arrays.stream(LogLine.Level.values())
                .filter(known -> known.wireName().equals(name))
                .findFirst()
                .orElse(LogLine.Level.INFO);
    }
}
