package dev.leat.submit.template;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.leat.domain.Json;
import dev.leat.domain.batch.BatchRun;
import dev.leat.domain.batch.BatchTemplate;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.json.FieldError;
import dev.leat.schemas.Codec;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.batch.BatchSubmitter;
import dev.leat.submit.submission.AcknowledgedSender;
import dev.leat.submit.submission.SendFailedException;

/** Keeps templates and runs them. Thread-safe; callers block. */
public final class BatchTemplates {

    /** Has to fit into a record. */
    private static final int MAX_CONTENT = 900_000;

    private final ObjectReader json;
    private final TemplateCatalog catalog;
    private final BatchSubmitter submitter;
    private final Log log;
    private final InstantSource clock;

    /** Where templates are written. */
    public record Log(String topic, Codec<BatchTemplate> codec, AcknowledgedSender sender) {}

    /** @param mapper the JSON of Leat */
    public BatchTemplates(ObjectMapper mapper, TemplateCatalog catalog, BatchSubmitter submitter, Log log,
            InstantSource clock) {
        this.json = mapper.readerFor(JsonNode.class)
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                        DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);
        this.catalog = catalog;
        this.submitter = submitter;
        this.log = log;
        this.clock = clock;
    }

    /**
     * The first templates in the order of their names, as this instance knows them.
     *
     * @param after the name after which they begin
     * @param most how many
     */
    public List<BatchTemplate> page(Optional<String> after, int most) {
        return catalog.page(after, most);
    }

    /**
     * The template of that name.
     *
     * @throws ProblemException where there is none
     */
    public BatchTemplate show(String name) {
        return catalog.find(name).orElseThrow(() -> ApiProblems.templateNotFound(name));
    }

    /**
     * Keeps a template under a name, in the place of one that is there.
     *
     * @throws ProblemException where it is no template, or Kafka or the registry is away
     */
    public BatchTemplate put(String name, byte[] body) {
        JsonNode content = object(body);
        List<FieldError> errors = new ArrayList<>();
        if (!BatchTemplate.isName(name)) {
            throw ApiProblems.invalidParameter("name", "Expected 1 to 60 lower-case letters, digits and dashes");
        }
        if (body.length > MAX_CONTENT) {
            throw ApiProblems.bodyTooLarge(
                    "Expected a template of at most " + MAX_CONTENT + " bytes, but it has " + body.length);
        }
        var _ = TemplateForm.read(content, errors);
        refuse(errors);
        BatchTemplate template = new BatchTemplate(name, new Json(content.toString()),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        write(name, Optional.of(template));
        return template;
    }

    /**
     * Forgets a template.
     *
     * @throws ProblemException where there is none of that name, or Kafka is away
     */
    public void delete(String name) {
        var _ = show(name);
        write(name, Optional.empty());
    }

    /**
     * Submits the batch of a template.
     *
     * @param body an object with {@code params}
     * @throws ProblemException where the params do not fit, or the batch is refused
     */
    public BatchSubmitter.Accepted run(String name, byte[] body) {
        JsonNode request = body.length == 0 ? object("{}".getBytes(StandardCharsets.UTF_8)) : object(body);
        List<FieldError> errors = new ArrayList<>();
        request.properties()
                .stream()
                .filter(member -> !member.getKey().equals("params") || !member.getValue().isObject())
                .forEach(member -> errors
                        .add(new FieldError("/" + member.getKey(), "Expected params as an object and nothing else")));
        return submitter.submit(new ByteArrayInputStream(fill(show(name), request.path("params"), "", errors)),
                BatchSubmitter.Form.OBJECT);
    }

    /**
     * The batch of a run, as a client would write it.
     *
     * @throws ProblemException where there is no such template, or the params do not fit
     */
    public byte[] fill(BatchRun run) {
        return fill(show(run.template()), params(run), "", new ArrayList<>());
    }

    /**
     * Whether a run would be accepted now.
     *
     * @param pointer where the run stands in what was sent
     * @throws ProblemException where it would not be
     */
    public void check(BatchRun run, String pointer) {
        BatchTemplate template = catalog.find(run.template())
                .orElseThrow(() -> ApiProblems.invalidRequest("Expected a batch template that is there",
                        List.of(new FieldError(pointer + "/name", "Expected the name of a batch template, but there is"
                                + " none of this name"))));
        submitter.check(fill(template, params(run), pointer, new ArrayList<>()));
    }

    private JsonNode params(BatchRun run) {
        return object(run.params().value().getBytes(StandardCharsets.UTF_8));
    }

    /** @param errors what is wrong already */
    private byte[] fill(BatchTemplate template, JsonNode params, String pointer, List<FieldError> errors) {
        List<FieldError> wrong = new ArrayList<>();
        Optional<JsonNode> batch = TemplateForm
                .read(object(template.content().value().getBytes(StandardCharsets.UTF_8)), wrong)
                .fill(params, wrong);
        wrong.forEach(error -> errors.add(new FieldError(pointer + error.pointer(), error.message())));
        refuse(errors);
        return batch.orElseThrow().toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ApiProblems.invalidRequest("Expected a template that can be used, but " + errors.size()
                    + (errors.size() == 1 ? " thing is" : " things are") + " wrong", errors);
        }
    }

    private JsonNode object(byte[] body) {
        try {
            JsonNode node = json.readTree(body);
            if (node.isObject()) {
                return node;
            }
        } catch (IOException broken) {
            // Said below, as the parser's own words name its classes.
        }
        throw ApiProblems.malformedJson("Expected a JSON object, each field once, but cannot read the body");
    }

    private void write(String name, Optional<BatchTemplate> template) {
        try {
            byte[] key = name.getBytes(StandardCharsets.UTF_8);
            ProducerRecord<byte[], byte[]> message = template.map(kept -> log.codec().encode(log.topic(), kept))
                    .map(value -> new ProducerRecord<>(log.topic(), key, value))
                    .orElseGet(() -> new ProducerRecord<>(log.topic(), key, null));
            var _ = AcknowledgedSender.await(log.sender().begin(message));
        } catch (RetriableException unreachable) {
            throw ApiProblems.registryUnavailable();
        } catch (SendFailedException failed) {
            throw ApiProblems.brokerUnavailable("template", Optional.empty());
        }
    }
}
