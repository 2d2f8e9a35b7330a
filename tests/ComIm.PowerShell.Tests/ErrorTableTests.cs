using System.Management.Automation;

namespace ComIm.PowerShell.Tests;

public sealed class ErrorTableTests
{
    [Fact]
    public void EveryReason_HasAnIdOfItsOwnAndACategory()
    {
        Assert.All(ErrorTable.Rows, row => Assert.Equal("Im" + row.Reason, row.Row[0]));
        Assert.All(ErrorTable.Rows, row => Assert.NotEqual(ErrorCategory.NotSpecified, row.Row[1]));
    }
}
