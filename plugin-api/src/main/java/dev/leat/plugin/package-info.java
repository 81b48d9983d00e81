/**
 * What the author of a plugin needs to know; there is nothing else to learn.
 *
 * <p>A plugin is a jar that depends on this package alone. Below is a whole one.
 *
 * <pre>{@code
 * package org.example.greetings;
 *
 * public final class GreetingsPlugin implements Plugin {
 *
 *     @Override
 *     public String id() {
 *         return "greetings";
 *     }
 *
 *     @Override
 *     public List<JobType<?, ?>> jobTypes() {
 *         return List.of(JobType.named("greet", GreetInput.class, GreetResult.class)
 *             .describedAs("Greets everybody on a list.")
 *             .maxAttempts(5)
 *             .timeout(Duration.ofMinutes(10))
 *             .handledBy(new GreetHandler()));
 *     }
 * }
 *
 * record GreetInput(
 *     @Description("Whom to greet, in this order.") @Size(min = 1, max = 100) List<@NotBlank String> names,
 *     @Description("How warmly.") @DefaultValue("KIND") Warmth warmth,
 *     @Description("Pause after each greeting, in milliseconds.") @DefaultValue("0") @Min(0) @Max(10_000) int pauseMillis,
 *     @Description("Who greets; nobody in particular if left out.") Optional<String> sender) {}
 *
 * enum Warmth { COOL, KIND }
 *
 * record GreetResult(@Description("One greeting for each name.") List<String> greetings) {}
 *
 * final class GreetHandler implements JobHandler<GreetInput, GreetResult> {
 *
 *     @Override
 *     public JobOutcome<GreetResult> run(GreetInput input, JobContext context) throws InterruptedException {
 *         List<String> greetings = new ArrayList<>();
 *         for (String name : input.names()) {
 *             context.throwIfCancelled();
 *             context.progress(greetings.size(), input.names().size(), "greeting " + name);
 *             Thread.sleep(input.pauseMillis());
 *             greetings.add((input.warmth() == Warmth.KIND ? "Dear " : "Hello ") + name);
 *         }
 *         return JobOutcome.succeeded(new GreetResult(greetings));
 *     }
 * }
 * }</pre>
 *
 * <p>The file {@code META-INF/services/dev.leat.plugin.Plugin} holds one line, {@code
 * org.example.greetings.GreetingsPlugin}. A job is then submitted as
 *
 * <pre>{@code
 * {"type": "greetings:greet", "params": {"names": ["Ada", "Grace"], "pauseMillis": 500}}
 * }</pre>
 *
 * <h2>What becomes of a job</h2>
 *
 * The handler ends an attempt by a {@link dev.leat.plugin.JobOutcome} or by an exception:
 *
 * <pre>{@code
 * return JobOutcome.succeeded(result);                              // completed
 * return JobOutcome.failed("Expected ..., but ...");                // tried again, if a try is left; so is an exception
 * return JobOutcome.retryAfter(Duration.ofMinutes(1), "Told to wait");  // likewise, but not before a minute has passed
 * return JobOutcome.notRetryable("There is no such account");       // failed for good
 * return JobOutcome.snooze(Duration.ofSeconds(30));                 // not ready yet: again in 30 s, no try is spent
 * return JobOutcome.waitFor(List.of(job));                          // again when that job has ended, no try is spent
 * }</pre>
 *
 * <p>How many tries a job has, how long it waits in between, how long an attempt may run and how long a job is kept when
 * it has ended, the job type says ({@link dev.leat.plugin.JobType.Draft}); a submission may say otherwise. What a handler
 * has to expect, such as being told to stop and being run once more, stands at {@link dev.leat.plugin.JobHandler}.
 *
 * <h2>What a submission may contain</h2>
 *
 * Leat derives a JSON Schema from the input record, publishes it, and checks every submission against it before the job
 * is accepted, and once more before the handler runs:
 *
 * <ul>
 *   <li>Each record component is a property of the same name; other properties are refused.
 *   <li>A component must be given, unless it has a {@link dev.leat.plugin.DefaultValue}, is an {@link
 *       java.util.Optional}, {@link java.util.OptionalInt}, {@link java.util.OptionalLong} or {@link
 *       java.util.OptionalDouble}, or has a type marked {@link org.jspecify.annotations.Nullable}. The latter two may
 *       also be given as JSON {@code null}, which means the same as leaving them out.
 *   <li>Component types: {@code boolean}, {@code short}, {@code int}, {@code long}, {@code double} and
 *       their classes, {@link java.math.BigInteger} and {@link java.math.BigDecimal}, {@link java.lang.String}, {@link java.util.UUID}, {@link
 *       java.net.URI}, {@link java.time.Instant}, {@link java.time.LocalDate}, {@link java.time.Duration} (ISO 8601, as
 *       in {@code "PT30S"}), enums (by the constant's name), records, and lists, sets (whose items must differ) and
 *       string-keyed maps of these.
 *   <li>Nothing is converted: {@code "5"} is no number and {@code 1.5} no {@code int}; a value out of the range of its
 *       Java type is refused. {@code 5.0} is the whole number 5, as in JSON Schema.
 *   <li>These constraints of {@code jakarta.validation.constraints} count, on components and on type arguments such as
 *       {@code List<@NotBlank String>}: {@code @Min}, {@code @Max}, {@code @DecimalMin}, {@code @DecimalMax}, {@code
 *       @Positive}, {@code @PositiveOrZero}, {@code @Negative}, {@code @NegativeOrZero}, {@code @Size}, {@code @NotNull},
 *       {@code @NotEmpty}, {@code @NotBlank} and {@code @Pattern}. A plugin with any other is refused when it is
 *       loaded, for it would otherwise not be checked.
 *   <li>What needs code goes into the record's compact constructor: an {@link java.lang.IllegalArgumentException} from
 *       there makes the input invalid, with its message as the reason. (Submitting still succeeds; the job is rejected
 *       when a worker takes it.)
 * </ul>
 */
@NullMarked
package dev.leat.plugin;

import org.jspecify.annotations.NullMarked;
