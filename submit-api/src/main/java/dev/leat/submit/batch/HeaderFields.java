package dev.leat.submit.batch;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.leat.domain.batch.BatchOptions;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.submit.submission.FieldReader;
import dev.leat.submit.submission.SubmitJobReader;
import dev.leat.submit.submission.SubmitJob;

/** What has been read of the fields that hold for a whole batch. For one thread. */
final class HeaderFields {

    static final List<String> NAMES = List.of("name", "options", "onCompletion");
    private static final List<String> OPTIONS = List.of("onFailure", "concurrency");

    private final SubmitJobReader jobs;
    private final OperationSink sink;
    private Optional<String> name = Optional.empty();
    private BatchOptions.OnFailure onFailure = BatchOptions.DEFAULT.onFailure();
    private Optional<Integer> concurrency = Optional.empty();
    private Optional<SubmitJob> onCompletion = Optional.empty();

    HeaderFields(SubmitJobReader jobs, OperationSink sink) {
        this.jobs = jobs;
        this.sink = sink;
    }

    /** Reads the value that the parser stands on. */
    void read(JsonParser parser, String field) throws IOException {
        FieldReader reader = new FieldReader(parser);
        switch (field) {
            case "name" -> name = reader.label("/name", BatchSpec.MAX_NAME);
            case "options" -> options(reader);
            default -> onCompletion(parser);
        }
        sink.wrong("", reader.errors());
    }

    private void options(FieldReader reader) throws IOException {
        if (!reader.isAt(JsonToken.START_OBJECT)) {
            reader.wrong("/options", "an object");
            return;
        }
        reader.members("/options", OPTIONS, option -> {
            if (option.equals("concurrency")) {
                concurrency = reader.wholeNumber("/options/concurrency", 1, BatchOptions.MOST_CONCURRENCY);
            } else {
                onFailure(reader);
            }
        });
    }

    private void onFailure(FieldReader reader) throws IOException {
        String known = Arrays.stream(BatchOptions.OnFailure.values())
                .map(BatchOptions.OnFailure::wireName)
                .collect(Collectors.joining(" or "));
        reader.text("/options/onFailure", known)
                .ifPresent(text -> Arrays.stream(BatchOptions.OnFailure.values())
                        .filter(value -> value.wireName().equals(text))
                        .findFirst()
                        .ifPresentOrElse(value -> onFailure = value,
                                () -> reader.error("/options/onFailure",
                                        "Expected " + known + ", but got '" + FieldReader.excerpt(text) + "'")));
    }

    private void onCompletion(JsonParser parser) throws IOException {
        SubmitJobReader.Form form = jobs.read(parser);
        sink.wrong("/onCompletion", form.errors());
        onCompletion = form.job();
    }

    /** What they say, if nothing is wrong. */
    BatchHeader result() {
        return new BatchHeader(name, new BatchOptions(onFailure, concurrency), onCompletion);
    }
}
