package dev.leat.plugin.test;

import dev.leat.plugin.test.GreetingsPlugin.GreetInput;
import dev.leat.plugin.test.GreetingsPlugin.Warmth;
import java.util.List;
import java.util.Optional;

/** The example of the documentation. */
class GreetContractTest extends JobHandlerContract {

    @Override
    protected JobHandlerTester tester() {
        return JobHandlerTester.of(new GreetingsPlugin()).type("greet");
    }

    @Override
    protected List<? extends Record> validInputs() {
        return List.of(new GreetInput(List.of("Ada"), Warmth.KIND, 0, Optional.empty()),
                new GreetInput(List.of("Ada", "Grace"), Warmth.COOL, 1, Optional.of("Alan")));
    }

    @Override
    protected List<String> invalidInputs() {
        return List.of("{}", """
                {"names": []}""", """
                {"names": [" "]}""", """
                {"names": ["Ada"], "warmth": "WARM"}""");
    }

    @Override
    protected Optional<? extends Record> longInput() {
        return Optional.of(new GreetInput(List.of("Ada", "Grace"), Warmth.KIND, 10_000, Optional.empty()));
    }
}
