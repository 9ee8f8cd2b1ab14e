using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Realtime.Web.Client;

/// <summary>One file that the service carries within itself, ready to be sent.</summary>
internal sealed class ClientFile
{
    private const string Prefix = "client/";

    private readonly byte[] _plain;
    private readonly byte[] _gzipped;
    private readonly EntityTagHeaderValue _plainTag;
    private readonly EntityTagHeaderValue _gzippedTag;
    private readonly string _contentType;

    private ClientFile(string name, byte[] content)
    {
        Name = name;
        _contentType = ContentTypeOf(name);
        (_plain, _gzipped) = (content, Gzip(content));
        var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12));
        // Two encodings are two entities: a cache must not take one for the other.
        _plainTag = new EntityTagHeaderValue($"\"{hash}\"");
        _gzippedTag = new EntityTagHeaderValue($"\"{hash}-gzip\"");
    }

    /// <summary>Its path below <c>wwwroot</c>, as <c>demo/index.html</c>.</summary>
    public string Name { get; }

    /// <summary>All files of the assembly, by name.</summary>
    public static IReadOnlyDictionary<string, ClientFile> All { get; } = ReadAll();

    /// <summary>Answers a request: the bytes, or 304 to a client that has them.</summary>
    public IResult Send(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache"; // keep it, but ask whether it is still the same
        headers.Vary = "Accept-Encoding";
        headers.XContentTypeOptions = "nosniff";
        if (!TakesGzip(context.Request))
            return TypedResults.Bytes(_plain, _contentType, entityTag: _plainTag);
        headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(_gzipped, _contentType, entityTag: _gzippedTag);
    }

    private static bool TakesGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(it => it.Quality is not 0 && it.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, ClientFile> ReadAll()
    {
        var assembly = typeof(ClientFile).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => new ClientFile(name[Prefix.Length..].Replace('\\', '/'), Read(assembly.GetManifestResourceStream(name)!)))
            .ToDictionary(file => file.Name, StringComparer.Ordinal);
    }

    private static byte[] Read(Stream stream)
    {
        using (stream)
        {
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
    }

    private static byte[] Gzip(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.SmallestSize))
            gzip.Write(content);
        return output.ToArray();
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" or ".mjs" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new NotSupportedException($"No content type is known for the extension \"{other}\" of {name}."),
    };
}
