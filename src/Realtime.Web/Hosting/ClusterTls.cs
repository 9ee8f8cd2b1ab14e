using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Remote.Transport.DotNetty;

namespace Realtime.Web.Hosting;

/// <summary>
/// Encrypts what nodes say to each other, and lets in only nodes that show the cluster's own certificate: whoever has its private key
/// is a node. No authority has a say, so it may be self-signed.
/// </summary>
internal static class ClusterTls
{
    private const string Plain = "akka.tcp://";
    private const string Encrypted = "akka.ssl.tcp://";

    /// <summary>What the remoting of a node is set up with.</summary>
    public static DotNettySslSetup Setup(ClusterTlsSettings tls)
    {
        var own = Read(tls);
        return new DotNettySslSetup(own, suppressValidation: false, requireMutualAuthentication: true,
            CertificateValidation.PinnedCertificate([own.Thumbprint, .. tls.AlsoTrusted]));
    }

    /// <summary>The certificate of the cluster, with its private key.</summary>
    /// <exception cref="CryptographicException">The file is no certificate with a key, or the password is wrong.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static X509Certificate2 Read(ClusterTlsSettings tls)
    {
        var certificate = tls.Key is { Length: > 0 } key
            ? X509Certificate2.CreateFromPemFile(tls.Certificate!, key)
            : X509CertificateLoader.LoadPkcs12FromFile(tls.Certificate!, tls.Password);
        return certificate.HasPrivateKey
            ? certificate
            : throw new CryptographicException("It has no private key.");
    }

    /// <summary>The address of a seed node as it is with encryption, so that the settings need not be changed for it.</summary>
    public static string SeedNode(string address) =>
        address.StartsWith(Plain, StringComparison.Ordinal) ? Encrypted + address[Plain.Length..] : address;
}
