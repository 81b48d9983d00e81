package dev.leat.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.ApiProblemException;
import dev.leat.cli.http.Query;

/** Submits a batch of lines and shows it run. */
@Command(name = "batch", description = "Submits a batch, a JSON object for each operation on a line of its own, and shows its progress until it ends.")
final class BatchCommand extends ApiCommand {

    @Parameters(paramLabel = "FILE.ndjson", description = "The operations, such as {\"type\":\"demo:prime\",\"params\":{\"limit\":1000}}; the first line may say name and options of the batch. - reads standard input.")
    private String file = "";

    @Option(names = "--name", paramLabel = "NAME", description = "What the batch is called (default: the file's name).")
    private Optional<String> name = Optional.empty();

    @Option(names = "--stop-on-failure", description = "Release nothing more once an operation has failed.")
    private boolean stop;

    @Option(names = "--concurrency", paramLabel = "N", description = "How many operations may be released and not ended at a time.")
    private Optional<Integer> concurrency = Optional.empty();

    @Option(names = {"-d", "--detach"}, description = "Only submit it, and write its id.")
    private boolean detach;

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        JsonNode batch = submitted(api);
        String id = batch.path("id").asText();
        if (detach) {
            if (console.json()) {
                console.json(batch);
            } else {
                console.line(id);
            }
            return Exit.OK;
        }
        console.note(id);
        return new BatchWatch(api, console, id).run();
    }

    private JsonNode submitted(ApiClient api) throws InterruptedException {
        try (InputStream input = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            InputStream lines = new BufferedInputStream(input);
            String first = firstLine(lines);
            Optional<ObjectNode> header = header(first);
            String options = withOptions(header);
            String begin = options + (header.isPresent() ? "" : first + "\n");
            InputStream whole = new SequenceInputStream(
                    new ByteArrayInputStream(begin.getBytes(StandardCharsets.UTF_8)), lines);
            return posted(api, whole, header.isPresent() || options.isEmpty() ? 0 : 1);
        } catch (NoSuchFileException none) {
            throw misused("Expected a file with operations, but there is none at " + file);
        } catch (IOException unreadable) {
            throw misused("Expected a file with operations at " + file + ", but it cannot be read: "
                    + unreadable.getMessage());
        }
    }

    /** A line was put in front of the file's own: what the server says of lines is told in those of the file. */
    private static JsonNode posted(ApiClient api, InputStream lines, int added) throws InterruptedException {
        try {
            return api.postLines(Query.of("batches"), () -> lines);
        } catch (ApiProblemException refused) {
            throw refused.withLinesMovedBy(-added);
        }
    }

    private static String firstLine(InputStream lines) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = lines.read(); next >= 0 && next != '\n'; next = lines.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** The line with what holds for the whole batch: the file's own, over which the options win; empty where there is none. */
    private String withOptions(Optional<ObjectNode> header) {
        ObjectNode all = ApiClient.JSON.createObjectNode();
        header.ifPresent(all::setAll);
        name.or(() -> all.has("name") ? Optional.empty() : nameOfFile()).ifPresent(text -> all.put("name", text));
        if (stop) {
            all.withObject("/options").put("onFailure", "stop");
        }
        concurrency.ifPresent(most -> all.withObject("/options").put("concurrency", most));
        return all.isEmpty() ? "" : all + "\n";
    }

    private Optional<String> nameOfFile() {
        return file.equals("-")
                ? Optional.empty()
                : Optional.of(Path.of(file).toAbsolutePath().normalize())
                        .map(path -> String.valueOf(path.getFileName()));
    }

    private static Optional<ObjectNode> header(String line) {
        try {
            return ApiClient.JSON.readTree(line) instanceof ObjectNode object && !object.has("type")
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }
}
