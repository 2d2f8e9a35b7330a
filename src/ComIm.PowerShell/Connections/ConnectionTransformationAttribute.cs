using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace ComIm.PowerShell;

/// <summary>
/// Lets <c>-Connection</c> be a connection, its number, or the address of who is signed in, wildcards included. What
/// stands for none, or for several where one is meant, is the user's mistake and named as such.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConnectionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var data = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return data switch
        {
            null or ImConnection or ImConnection[] => data,
            string text => One(Find(text), text),
            int id => One([.. ConnectionTable.All.Where(connection => connection.Id == id)], id.ToString(CultureInfo.InvariantCulture)),
            IList many => (object[])[.. many.Cast<object?>().Select(item => Transform(engineIntrinsics, item)!)],
            _ => data,
        };
    }

    private static ImConnection[] Find(string text)
    {
        var pattern = AddressPattern.Of(text);
        return [.. ConnectionTable.All.Where(connection =>
            pattern.IsMatch(connection.Address) || connection.Id.ToString(CultureInfo.InvariantCulture) == text)];
    }

    private static ImConnection One(ImConnection[] found, string text) => found switch
    {
        [var one] => one,
        [] => throw new ArgumentTransformationMetadataException($"No connection is called '{text}': Get-ImConnection lists them."),
        _ => throw new ArgumentTransformationMetadataException($"'{text}' stands for {found.Length} connections: name one by its number."),
    };
}
