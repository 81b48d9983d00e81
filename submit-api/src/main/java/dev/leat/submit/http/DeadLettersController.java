package dev.leat.submit.http;

import java.util.Optional;

import dev.leat.submit.deadletter.DeadLetters;
import dev.leat.submit.deadletter.Redriver;
import dev.leat.submit.http.DeadLetterView.PageView;
import dev.leat.submit.http.DeadLetterView.RedrivenView;
import dev.leat.submit.http.DeadLetterView.ResultView;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Show dead letters, and send them back. Each request has a virtual thread of its own. */
@Controller(ApiPaths.ROOT + "/dead-letters")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Dead letters")
final class DeadLettersController {

    private final DeadLetters letters;

    DeadLettersController(DeadLetters letters) {
        this.letters = letters;
    }

    @Get
    @Operation(operationId = "listDeadLetters", summary = "List dead letters", description = """
            Records that could not be used, newest first by the time of the record, without their content. The newest \
            are kept at hand, 10000 by default. A page that has more behind it comes with a nextCursor.""")
    @Parameter(name = "reason", in = ParameterIn.QUERY, ref = "#/components/parameters/Reason")
    @Parameter(name = "topic", in = ParameterIn.QUERY, ref = "#/components/parameters/OriginTopic")
    @Parameter(name = "plugin", in = ParameterIn.QUERY, ref = "#/components/parameters/OriginPlugin")
    @Parameter(name = "limit", in = ParameterIn.QUERY, ref = "#/components/parameters/Limit")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, ref = "#/components/parameters/Cursor")
    @ApiResponse(responseCode = "200", description = "One page of dead letters", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/DeadLetterPage"), examples = @ExampleObject(name = "page", ref = "#/components/examples/DeadLetterPage")))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "503", description = "The dead letters are not known yet", ref = "#/components/responses/DeadLettersUnavailable")
    PageView list(@Parameter(hidden = true) HttpRequest<?> request) {
        DeadLetterParameters.List list = DeadLetterParameters.list(request);
        return PageView.of(letters.page(list.filter(), list.cursor(), list.limit()));
    }

    @Get("/{id}")
    @Operation(operationId = "showDeadLetter", summary = "Show a dead letter", description = """
            With its value, the first 64 kB of it, and its headers.""")
    @ApiResponse(responseCode = "200", description = "The dead letter", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/DeadLetter"), examples = @ExampleObject(name = "deadLetter", ref = "#/components/examples/DeadLetter")))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such dead letter", ref = "#/components/responses/UnknownDeadLetter")
    @ApiResponse(responseCode = "503", description = "The dead letters are not known yet, or Kafka is away", ref = "#/components/responses/DeadLettersUnavailable")
    DeadLetterView show(@Parameter(ref = "#/components/parameters/DeadLetterId") String id)
            throws InterruptedException {
        return DeadLetterView.of(letters.open(DeadLetterParameters.id(id)));
    }

    @Post("/{id}/redrive")
    @Consumes(MediaType.ALL)
    @Operation(operationId = "redriveDeadLetter", summary = "Send a dead letter back", description = """
            Writes the record that it was made of to the topic that it came from, on the partition of its key, and \
            remembers that. One that was sent back before is sent again only with again=true.""")
    @Parameter(name = "again", in = ParameterIn.QUERY, ref = "#/components/parameters/Again")
    @ApiResponse(responseCode = "200", description = "The record is in its topic", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Redriven"), examples = @ExampleObject(name = "redriven", ref = "#/components/examples/Redriven")))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such dead letter", ref = "#/components/responses/UnknownDeadLetter")
    @ApiResponse(responseCode = "409", description = "It was sent back before, or has no content to send", ref = "#/components/responses/CannotRedrive")
    @ApiResponse(responseCode = "422", description = "Its origin is no topic to send to", ref = "#/components/responses/UnusableOrigin")
    @ApiResponse(responseCode = "503", description = "The dead letters are not known yet, or Kafka is away", ref = "#/components/responses/DeadLettersUnavailable")
    RedrivenView redrive(@Parameter(ref = "#/components/parameters/DeadLetterId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) throws InterruptedException {
        boolean again = DeadLetterParameters.again(request);
        return RedrivenView.of(letters.redriver().redrive(DeadLetterParameters.id(id), again));
    }

    @Post("/redrive")
    @Operation(operationId = "redriveDeadLetters", summary = "Send dead letters back", description = """
            Sends back all that match the filters, and all that there are where none is given. The filters stand in the \
            query or in the body. With dryRun=true nothing is sent, and the answer says what would be.""")
    @Parameter(name = "reason", in = ParameterIn.QUERY, ref = "#/components/parameters/Reason")
    @Parameter(name = "topic", in = ParameterIn.QUERY, ref = "#/components/parameters/OriginTopic")
    @Parameter(name = "plugin", in = ParameterIn.QUERY, ref = "#/components/parameters/OriginPlugin")
    @Parameter(name = "again", in = ParameterIn.QUERY, ref = "#/components/parameters/Again")
    @Parameter(name = "dryRun", in = ParameterIn.QUERY, ref = "#/components/parameters/DryRun")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Redrive"), examples = @ExampleObject(name = "redrive", ref = "#/components/examples/Redrive")))
    @ApiResponse(responseCode = "200", description = "What was sent back, and what was not", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/RedriveResult"), examples = @ExampleObject(name = "redriveResult", ref = "#/components/examples/RedriveResult")))
    @ApiResponse(responseCode = "400", description = "The body or a parameter is not of the documented form", ref = "#/components/responses/BadBody")
    @ApiResponse(responseCode = "413", description = "The body is too large", ref = "#/components/responses/TooLarge")
    @ApiResponse(responseCode = "415", description = "The body is not JSON by its content type", ref = "#/components/responses/NotJson")
    @ApiResponse(responseCode = "503", description = "The dead letters are not known yet, or Kafka is away", ref = "#/components/responses/DeadLettersUnavailable")
    ResultView redriveAll(@Parameter(hidden = true) HttpRequest<?> request,
            @Body @Parameter(hidden = true) Optional<DeadLetterParameters.Redrive> body) throws InterruptedException {
        DeadLetterParameters.Redrive wanted = DeadLetterParameters.redrive(request, body);
        boolean again = wanted.again().orElse(false);
        Redriver redriver = letters.redriver();
        return wanted.dryRun().orElse(false)
                ? ResultView.of(true, redriver.dryRun(wanted.filter(), again))
                : ResultView.of(false, redriver.redriveAll(wanted.filter(), again));
    }
}
