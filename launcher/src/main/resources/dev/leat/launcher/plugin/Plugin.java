package {{package}};

import java.time.Duration;
import java.util.List;

import dev.leat.plugin.JobType;
import dev.leat.plugin.Plugin;

/** What this plugin can do. Leat finds it through META-INF/services. */
public final class {{Name}}Plugin implements Plugin {

    @Override
    public String id() {
        return "{{id}}";
    }

    @Override
    public List<JobType<?, ?>> jobTypes() {
        return List.of(JobType.named("greet", GreetInput.class, GreetResult.class)
                .describedAs("Greets everybody on a list.")
                .maxAttempts(3)
                .timeout(Duration.ofMinutes(10))
                .handledBy(new GreetHandler()));
    }
}
