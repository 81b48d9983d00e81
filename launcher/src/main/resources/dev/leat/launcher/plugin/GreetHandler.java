package {{package}};

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;

/** Does the work. One object serves all jobs, several at a time. */
final class GreetHandler implements JobHandler<GreetInput, GreetResult> {

    @Override
    public JobOutcome<GreetResult> run(GreetInput input, JobContext context) throws InterruptedException {
        List<String> greetings = new ArrayList<>();
        for (String name : input.names()) {
            context.throwIfCancelled();
            context.progress(greetings.size(), input.names().size(), "greeting " + name);
            Thread.sleep(Duration.ofMillis(input.pauseMillis()));
            greetings.add(greeting(name));
        }
        return JobOutcome.succeeded(new GreetResult(greetings));
    }

    static String greeting(String name) {
        return "Hello " + name;
    }
}
