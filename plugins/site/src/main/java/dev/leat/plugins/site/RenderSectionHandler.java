package dev.leat.plugins.site;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugins.site.content.Content;
import dev.leat.plugins.site.content.ContentReader;
import dev.leat.plugins.site.content.Page;
import dev.leat.plugins.site.content.PageRenderer;
import dev.leat.plugins.site.content.Problem;
import dev.leat.plugins.site.content.Section;
import dev.leat.plugins.site.content.SiteConfig;
import dev.leat.plugins.site.content.Templates;
import dev.leat.plugins.site.output.FragmentStore;
import dev.leat.plugins.site.output.Output;
import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;

/** Renders one section of a page, for {@link AssembleHandler} to put into it. Any number may do so at the same time. */
record RenderSectionHandler(Workshop workshop) implements JobHandler<RenderSectionInput, RenderSectionResult> {

    @Override
    public JobOutcome<RenderSectionResult> run(RenderSectionInput input, JobContext context)
            throws RefusedException, IOException {
        SiteConfig config = workshop.config(input.siteConfig());
        Output output = workshop.output(input.outputDir(), config);
        Content content = ContentReader.read(config);
        Page page = content.sectionedPage(input.page());
        Section section = sectionOf(page, input.section(), content);
        PageRenderer renderer = new PageRenderer(config, Templates.read(config.templates()), content);
        String html = renderer.section(section);
        String hash = renderer.hash(page, section);
        context.throwIfCancelled();
        FragmentStore.of(output).put(hash, html);
        return JobOutcome.succeeded(
                new RenderSectionResult(page.route(), section.name(), section.title(), hash, html.length()));
    }

    private static Section sectionOf(Page page, String name, Content content) throws RefusedException {
        return page.sections().stream().filter(section -> section.name().equals(name)).findFirst()
                .orElseThrow(() -> new RefusedException("Expected a section '%s' of the page %s, but there is none%s"
                        .formatted(name, page.route(), content.errorsBeside(page).stream().findFirst()
                                .map(Problem::reason).map("; an error beside the page: "::concat).orElse(""))));
    }
}
