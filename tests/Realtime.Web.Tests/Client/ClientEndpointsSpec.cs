using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Realtime.Web.Client;

namespace Realtime.Web.Tests.Client;

/// <summary>The files for browsers, as they come over HTTP.</summary>
public sealed class ClientEndpointsSpec : IAsyncLifetime, IDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();

    public ClientEndpointsSpec()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapRealtimeClient();
        _app.MapRealtimeDemo();
    }

    public async Task InitializeAsync()
    {
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.First());
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/realtime.js", "text/javascript")]
    [InlineData("/realtime.mjs", "text/javascript")]
    [InlineData("/demo/demo.css", "text/css")]
    [InlineData("/demo/main.js", "text/javascript")]
    [InlineData("/demo/icon.svg", "image/svg+xml")]
    public async Task A_file_comes_with_its_type_and_is_asked_for_again_by_its_tag(string path, string type)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await _http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Who_takes_gzip_gets_it_with_a_tag_of_its_own()
    {
        using var plain = await _http.GetAsync(new Uri("/realtime.js", UriKind.Relative));
        using var zipped = await GetAsync("/realtime.js", "br;q=1, gzip;q=0.5");
        Assert.Equal(["gzip"], zipped.Content.Headers.ContentEncoding);
        Assert.NotEqual(plain.Headers.ETag, zipped.Headers.ETag);
        await using var unzipped = new GZipStream(await zipped.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await reader.ReadToEndAsync());

        using var refused = await GetAsync("/realtime.js", "gzip;q=0");
        Assert.Empty(refused.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Head_tells_all_but_the_content()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/realtime.js");
        using var answer = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Content.Headers.ContentLength > 10_000);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_page_forbids_scripts_and_styles_that_are_not_its_own_and_holds_none_within()
    {
        using var answer = await _http.GetAsync(new Uri("/", UriKind.Relative));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]* src=)", page);
    }

    private Task<HttpResponseMessage> GetAsync(string path, string encodings)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var encoding in encodings.Split(','))
            request.Headers.AcceptEncoding.Add(StringWithQualityHeaderValue.Parse(encoding));
        return _http.SendAsync(request);
    }
}
