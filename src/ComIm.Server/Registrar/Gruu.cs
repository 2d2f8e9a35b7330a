using System.Buffers;
using ComIm.Sip.Messages;

namespace ComIm.Server.Registrar;

/// <summary>
/// Public GRUUs (RFC 5627): an address of record with the device in its gr parameter. Nothing has to be kept for them: whoever
/// has one names a device, and the device's bindings are looked up when it is used. Temporary ones are not given out.
/// </summary>
internal static class Gruu
{
    private const int MaxInstanceLength = 128;

    // What stands in a URI parameter without escapes, and in no header as anything else.
    private static readonly SearchValues<char> InstanceChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:");

    /// <summary>The device that a Contact names (RFC 5626 section 4.1), without its brackets; null where it names none that can be used.</summary>
    public static string? InstanceOf(NameAddress contact) =>
        contact.Parameters.Get("+sip.instance") is ['<', .. var instance, '>']
        && instance.Length <= MaxInstanceLength
        && instance.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)
        && !instance.AsSpan().ContainsAnyExcept(InstanceChars) ? instance : null;

    /// <summary>The public GRUU of a device.</summary>
    public static SipUri Of(SipUri address, string instance) => address.AddressOfRecord.WithParameter("gr", instance);

    /// <summary>Whether a URI names a device.</summary>
    public static bool IsGruu(SipUri? uri) => uri is not null && uri.Parameters.Contains("gr");

    /// <summary>Of a user's bindings those that a URI means: of a GRUU only its device's (RFC 5627 section 5.1).</summary>
    public static IReadOnlyList<Binding> Select(IReadOnlyList<Binding> bindings, SipUri? uri) =>
        uri?.Parameters.Get("gr") is { } instance
            ? [.. bindings.Where(b => instance.Equals(b.InstanceId, StringComparison.OrdinalIgnoreCase))]
            : bindings;
}
