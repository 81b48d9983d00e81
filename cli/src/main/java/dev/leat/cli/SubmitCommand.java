package dev.leat.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;
import dev.leat.cli.params.CommandLineParams;
import dev.leat.cli.params.InvalidParamException;

/** Submits one job. */
@Command(name = "submit", description = "Submits a job, such as: leat submit demo:prime limit=1000 --watch")
final class SubmitCommand extends ApiCommand {

    @Parameters(index = "0", paramLabel = "TYPE", description = "The job type; 'leat types' lists them.")
    private String type = "";

    @Parameters(index = "1..*", paramLabel = "KEY=VALUE", description = "Params, of the types that the job type's schema says: lists as a,b or by the key again, members of objects as key.member=value, JSON as key:=JSON.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--params", paramLabel = "JSON|@FILE", description = "All params as a JSON object, or a file with one; @- reads standard input.")
    private Optional<String> params = Optional.empty();

    @Option(names = "--idempotency-key", paramLabel = "KEY", description = "Send it again with the same key, and it is submitted once.")
    private Optional<String> idempotencyKey = Optional.empty();

    @Mixin
    private SubmitOptions options = new SubmitOptions();

    @Mixin
    private FollowOptions following = new FollowOptions();

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        ObjectNode body = ApiClient.JSON.createObjectNode().put("type", type);
        options.writeTo(body);
        ObjectNode all = allParams(api);
        if (!all.isEmpty()) {
            body.set("params", all);
        }
        JsonNode job = api.post(Query.of("jobs"), body,
                idempotencyKey.map(key -> Map.of("Idempotency-Key", key)).orElse(Map.of()));
        return following.follow(job, api, console);
    }

    private ObjectNode allParams(ApiClient api) throws InterruptedException {
        ObjectNode given = params.map(this::object).orElseGet(ApiClient.JSON::createObjectNode);
        if (words.isEmpty()) {
            return given;
        }
        try {
            return CommandLineParams.of(api.get(Query.of("job-types", type)).path("params"), given, words);
        } catch (InvalidParamException wrong) {
            throw misused(String.valueOf(wrong.getMessage()));
        }
    }

    private ObjectNode object(String text) {
        String json = text.startsWith("@") ? read(text.substring(1)) : text;
        try {
            if (ApiClient.JSON.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException noJson) {
            throw misused("Expected a JSON object in --params, but got: " + noJson.getOriginalMessage());
        }
        throw misused("Expected a JSON object in --params, but got: " + json);
    }

    private String read(String file) {
        try {
            return file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException unreadable) {
            throw misused("Expected a file with params at " + file + ", but it cannot be read: " + unreadable);
        }
    }
}
