package dev.leat.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchRequestTest {

    record Page(int number) {}

    @Test
    void shouldHoldOperationsInTheOrderInWhichTheyWereAdded() {
        BatchRequest request = BatchRequest.of("k").operation("site:page", new Page(1))
                .operation("site:index", Map.of("of", 2)).operations("site:page", List.of(new Page(3), new Page(4)));

        assertThat(request.operations()).containsExactly(new BatchRequest.Job("site:page", new Page(1)),
                new BatchRequest.Job("site:index", Map.of("of", 2)), new BatchRequest.Job("site:page", new Page(3)),
                new BatchRequest.Job("site:page", new Page(4)));
    }

    @Test
    void shouldLeaveTheRequestItWasMadeFromAlone() {
        BatchRequest plain = BatchRequest.of("k");

        BatchRequest other = plain.operation("site:page", new Page(1)).named("pages").concurrency(2).stopOnFailure()
                .onCompletion("site:publish", Map.of("to", "here"));

        assertThat(plain.operations()).isEmpty();
        assertThat(plain.name()).isEmpty();
        assertThat(plain.concurrency()).isEmpty();
        assertThat(plain.stopsOnFailure()).isFalse();
        assertThat(other.key()).isEqualTo("k");
        assertThat(other.name()).contains("pages");
        assertThat(other.concurrency()).hasValue(2);
        assertThat(other.stopsOnFailure()).isTrue();
        assertThat(other.onCompletion()).contains(new BatchRequest.Job("site:publish", Map.of("to", "here")));
    }

    @Test
    void shouldLeaveAllElseToTheTemplate() {
        BatchRequest run = BatchRequest.ofTemplate("k", "reports", Map.of("month", 11));

        assertThat(run.template()).contains(new BatchRequest.Job("reports", Map.of("month", 11)));
        assertThatIllegalArgumentException().isThrownBy(() -> run.concurrency(2)).withMessage(
                "Expected all but the params from the template of BatchRequest[template reports, key k]");
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        BatchRequest request = BatchRequest.of("k");

        assertThatIllegalArgumentException().isThrownBy(() -> BatchRequest.of(""))
                .withMessage("Expected a key of 1 to 200 characters, but got 0");
        assertThatIllegalArgumentException().isThrownBy(() -> request.concurrency(0))
                .withMessage("Expected a concurrency from 1 on, but got 0");
        assertThatIllegalArgumentException().isThrownBy(() -> request.operation("page", Map.of()))
                .withMessage("Expected a job type as plugin:type, but got 'page'");
    }
}
