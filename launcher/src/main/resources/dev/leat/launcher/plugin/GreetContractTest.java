package {{package}};

import java.util.List;
import java.util.Optional;

import dev.leat.plugin.test.JobHandlerContract;
import dev.leat.plugin.test.JobHandlerTester;

/** What Leat expects of every handler: the tests are inherited. */
class GreetContractTest extends JobHandlerContract {

    @Override
    protected JobHandlerTester tester() {
        return JobHandlerTester.of(new {{Name}}Plugin()).type("greet");
    }

    @Override
    protected List<? extends Record> validInputs() {
        return List.of(new GreetInput(List.of("Ada"), 0), new GreetInput(List.of("Ada", "Grace"), 1));
    }

    @Override
    protected List<String> invalidInputs() {
        return List.of("{}", "{\"names\": []}", "{\"names\": [\" \"]}");
    }

    @Override
    protected Optional<? extends Record> longInput() {
        return Optional.of(new GreetInput(List.of("Ada", "Grace"), 10_000));
    }
}
