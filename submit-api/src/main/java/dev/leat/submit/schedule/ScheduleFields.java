package dev.leat.submit.schedule;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.leat.domain.Json;
import dev.leat.domain.batch.BatchRun;
import dev.leat.domain.schedule.CatchUp;
import dev.leat.domain.schedule.Overlap;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleSpec;
import dev.leat.submit.submission.FieldReader;
import dev.leat.submit.submission.JsonBody;
import dev.leat.submit.submission.SubmitJobFields;

/** What has been read of the fields of a schedule. For one thread. */
final class ScheduleFields implements JsonBody.Members<WantedSchedule> {

    private static final List<String> NAMES = Stream
            .concat(Stream.of("id", "job", "batchTemplate", "overlap", "catchUp", "jitter", "paused"),
                    CadenceFields.NAMES.stream())
            .toList();
    private static final List<String> BATCH = List.of("name", "params");
    private static final List<String> CATCH_UP = List.of("firings", "within");

    private final FieldReader reader;
    private final CadenceFields cadence;
    private final SubmitJobFields job;
    private final ObjectReader paramsReader;
    private boolean hasJob;
    private boolean hasBatch;
    private Optional<String> template = Optional.empty();
    private Json params = new Json("{}");
    private Optional<ScheduleId> id = Optional.empty();
    private Overlap overlap = Overlap.SKIP;
    private Optional<Integer> catchUpFirings = Optional.empty();
    private Optional<Duration> catchUpWithin = Optional.empty();
    private Optional<Duration> jitter = Optional.empty();
    private Optional<Boolean> paused = Optional.empty();

    ScheduleFields(FieldReader reader, ObjectReader paramsReader) {
        this.reader = reader;
        this.paramsReader = paramsReader;
        this.cadence = new CadenceFields(reader);
        this.job = new SubmitJobFields(reader, paramsReader, "/job");
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public void read(String name) throws IOException {
        switch (name) {
            case "id" -> id = id();
            case "job" -> job();
            case "batchTemplate" -> batch();
            case "overlap" -> overlap();
            case "catchUp" -> catchUp();
            case "jitter" -> jitter = reader.duration("/jitter", Duration.ZERO, ScheduleSpec.MOST_JITTER);
            case "paused" -> paused = reader.flag("/paused");
            default -> cadence.read(name);
        }
    }

    private Optional<ScheduleId> id() throws IOException {
        try {
            return reader.text("/id", "a text").map(ScheduleId::new);
        } catch (IllegalArgumentException wrong) {
            reader.error("/id", String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private void job() throws IOException {
        hasJob = true;
        if (reader.isAt(JsonToken.START_OBJECT)) {
            reader.members("/job", SubmitJobFields.OF_TEMPLATE, job::read);
            job.check();
        } else {
            reader.wrong("/job", "an object, the job that is submitted each time");
        }
    }

    private void batch() throws IOException {
        hasBatch = true;
        if (!reader.isAt(JsonToken.START_OBJECT)) {
            reader.wrong("/batchTemplate", "an object with " + String.join(" and ", BATCH));
            return;
        }
        reader.members("/batchTemplate", BATCH, name -> {
            if (name.equals("name")) {
                template = reader.text("/batchTemplate/name", "the name of a batch template");
            } else if (reader.isAt(JsonToken.START_OBJECT)) {
                params = paramsReader.readValue(reader.parser());
            } else {
                reader.wrong("/batchTemplate/params", "an object");
            }
        });
        if (template.isEmpty() && reader.errors().isEmpty()) {
            reader.error("/batchTemplate/name", "Expected the name of a batch template, but the field is missing");
        }
    }

    private void overlap() throws IOException {
        String names = Arrays.stream(Overlap.values()).map(Overlap::wireName).collect(Collectors.joining(", "));
        reader.text("/overlap", "one of " + names)
                .ifPresent(name -> Arrays.stream(Overlap.values())
                        .filter(policy -> policy.wireName().equals(name))
                        .findFirst()
                        .ifPresentOrElse(policy -> overlap = policy, () -> reader.error("/overlap",
                                "Expected one of " + names + ", but got '" + FieldReader.excerpt(name) + "'")));
    }

    private void catchUp() throws IOException {
        if (!reader.isAt(JsonToken.START_OBJECT)) {
            reader.wrong("/catchUp", "an object with " + String.join(" and ", CATCH_UP));
            return;
        }
        reader.members("/catchUp", CATCH_UP, name -> {
            if (name.equals("firings")) {
                catchUpFirings = reader.wholeNumber("/catchUp/firings", 0, CatchUp.MOST);
            } else {
                catchUpWithin = reader.duration("/catchUp/within", CatchUp.GRACE, CatchUp.LONGEST);
            }
        });
    }

    @Override
    public void check() {
        cadence.check();
        if (hasJob == hasBatch) {
            reader.error("/job", "Expected either job or batchTemplate, what is submitted each time, but got "
                    + (hasJob ? "both" : "neither"));
        }
    }

    @Override
    public WantedSchedule result(String text) {
        return new WantedSchedule(id, cadence.result(), target(), overlap,
                new CatchUp(catchUpFirings.orElse(CatchUp.DEFAULT.firings()),
                        catchUpWithin.orElse(CatchUp.DEFAULT.within())),
                jitter.orElse(Duration.ZERO), paused.orElse(false));
    }

    private WantedSchedule.Target target() {
        return hasJob
                ? new WantedSchedule.Target.OfJob(job.result(Optional.empty()))
                : new WantedSchedule.Target.OfBatch(new BatchRun(template.orElseThrow(), params));
    }
}
