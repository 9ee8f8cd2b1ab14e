using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Testing;
using Realtime.Web.Models;
using Realtime.Web.Models.Outbox;
using Realtime.Web.Models.Publishing;

namespace Realtime.Web.Tests.Models.Publishing;

/// <summary>Contract P-46: what an application does before and after events are told.</summary>
public sealed class PublishHooksSpec : IAsyncLifetime, IDisposable
{
    private readonly SqliteLibrary _store = new();
    private readonly Recorded _recorded = new();
    private readonly FakeTopics _topics = new();
    private LibraryApp _app = null!;
    private ModelsOptions _options = null!;

    public async Task InitializeAsync()
    {
        _topics.AfterPublish = _recorded.Note;
        _app = await LibraryApp.StartAsync(
            _store,
            models => _options = models,
            topics: _topics,
            configure: builder =>
            {
                builder.Logging.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(_recorded);
                builder.Services.AddSingleton(_recorded).AddSingleton<IPublishHooks, RecordingHooks>().AddSingleton<IPublishHooks<User>, UserHooks>();
            });
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose()
    {
        _store.Dispose();
        _recorded.Dispose();
    }

    [Fact]
    public async Task Each_event_of_a_save_has_its_hooks_before_and_after()
    {
        await _app.SendAsync("POST", "/track", """{"name":"V-2"}""", overSocket: true);
        await _app.SendAsync("POST", "/album", """{"title":"Low"}""");
        await _app.SendAsync("PATCH", "/album/1", """{"title":"Lower"}""");
        await _app.SendAsync("PUT", "/album/1/tracks/1");
        await _app.SendAsync("DELETE", "/album/1/tracks/1");
        await _app.SendAsync("DELETE", "/album/1");
        await LinesAsync(8 * 3);
        Assert.Equal(
        [
            "before create track 1", "Created track 1", "after create track 1",
            "before create album 1", "Created album 1", "after create album 1",
            "before update album 1", "Updated album 1", "after update album 1",
            "before add album 1", "AddedTo album 1", "after add album 1",
            "before update track 1", "Updated track 1", "after update track 1",
            "before remove album 1", "RemovedFrom album 1", "after remove album 1",
            "before update track 1", "Updated track 1", "after update track 1",
            "before destroy album 1", "Destroyed album 1", "after destroy album 1",
        ], _recorded.Lines);

        var told = _recorded.Told.ToArray();
        Assert.Equal((LibraryApp.Ann, "V-2"), (told[0].Omit, told[0].Data!.Value.GetProperty("name").GetString()));
        Assert.Equal(("""{"id":1,"title":"Lower"}""", "Low"), ($"{told[4].Data}", told[4].Previous!.Value.GetProperty("title").GetString()));
        Assert.Equal(("tracks", "1"), (told[6].Attribute, $"{Assert.Single(told[6].Others)}"));
        Assert.Equal(("tracks", "1"), (told[10].Attribute, $"{Assert.Single(told[10].Others)}"));
        Assert.Equal((null, null, "destroyed"), (told[14].Data, told[14].Attribute, told[14].Envelope.GetProperty("verb").GetString()));
        Assert.Empty(told[14].Others);
        Assert.Equal(8, told.Select(one => one.Key).Distinct().Count());
    }

    [Fact]
    public async Task Hooks_of_one_model_hear_of_no_other_and_may_publish_themselves()
    {
        await _app.SendAsync("POST", "/user", """{"name":"Ann"}""");
        await _app.SendAsync("POST", "/track", """{"name":"V-2"}""");
        await _app.SendAsync("DELETE", "/user/1");
        await LinesAsync(14);
        Assert.Equal(
        [
            "before create user 1", "user's before create user 1", "Created user 1", "after create user 1", "user's after create user 1",
            "before create track 1", "Created track 1", "after create track 1",
            "before destroy user 1", "user's before destroy user 1", "Destroyed user 1", "after destroy user 1", "user's after destroy user 1",
            "Messaged user 1", // which has no hooks
        ], _recorded.Lines);
    }

    /// <summary>They cannot veto.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task What_a_hook_throws_is_logged_and_the_event_goes_on(bool atOnce)
    {
        _recorded.Does = async (hook, _, _) =>
        {
            if (!atOnce)
                await Task.Yield();
            if (hook.StartsWith("before", StringComparison.Ordinal))
                throw new InvalidOperationException("It is broken.");
        };
        await _app.SendAsync("POST", "/user", """{"name":"Ann"}""");
        await LinesAsync(6);
        Assert.Equal(
        [
            "before create user 1",
            "The hook RecordingHooks failed for Created of user 1, which is told all the same. It is broken.",
            "user's before create user 1", "Created user 1", "after create user 1", "user's after create user 1",
        ], _recorded.Lines);
        await Eventually.TrueAsync(() => _app.WithAsync(async library => !await library.Set<OutboxRow>().AnyAsync()));
    }

    [Fact]
    public async Task A_hook_that_does_not_come_to_an_end_is_not_waited_for()
    {
        _options.HooksTakeAtMost = TimeSpan.FromMilliseconds(50);
        var given = new CancellationToken();
        _recorded.Does = (hook, _, cancellation) =>
        {
            if (hook != "before create")
                return Task.CompletedTask;
            given = cancellation;
            return new TaskCompletionSource().Task;
        };
        await _app.SendAsync("POST", "/track", """{"name":"V-2"}""");
        await LinesAsync(4);
        Assert.Equal(["before create track 1", "Created track 1", "after create track 1"], _recorded.Lines.Where((_, i) => i != 1));
        Assert.StartsWith("The hook RecordingHooks failed for Created of track 1", _recorded.Lines[1], StringComparison.Ordinal);
        Assert.True(given.IsCancellationRequested);
    }

    /// <summary>Promise 5: at least once, and so are hooks.</summary>
    [Fact]
    public async Task A_hook_runs_again_where_the_event_is_told_again_and_can_know_it()
    {
        var failures = 2;
        _topics.BeforePublish = _ =>
        {
            if (failures-- > 0)
                throw new InvalidOperationException("The topic does not answer.");
        };
        await _app.SendAsync("POST", "/track", """{"name":"V-2"}""");
        await LinesAsync(5);
        Assert.Equal(["before create track 1", "before create track 1", "before create track 1", "Created track 1", "after create track 1"], _recorded.Lines);
        Assert.NotNull(Assert.Single(_recorded.Told.Select(told => told.Key).Distinct()));
    }

    [Fact]
    public async Task The_verbs_of_a_topic_have_run_their_hooks_when_they_complete()
    {
        var albums = _app.Services.GetRequiredService<ITopic<Album>>();
        await albums.AddedToAsync(7, "tracks", 41);
        await albums.MessagedAsync(7, "hi");
        await albums.PublishAsync([7], "hi");
        Assert.Equal(
        [
            "before add album 7", "AddedTo album 7", "after add album 7",
            "before update track 41", "Updated track 41", "after update track 41",
            "Messaged album 7", "Messaged album 7",
        ], _recorded.Lines);
        Assert.All(_recorded.Told, told => Assert.Null(told.Key));
    }

    private Task LinesAsync(int count) => Eventually.TrueAsync(() => Task.FromResult(_recorded.Lines.Count >= count), what: $"{count} lines");
}
