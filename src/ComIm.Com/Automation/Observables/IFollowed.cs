namespace ComIm.Com.Automation.Observables;

/// <summary>What keeps a value up to date where that costs something.</summary>
internal interface IFollowed
{
    /// <summary>Keeps it up to date from now on, until the result is disposed of.</summary>
    IDisposable Follow();

    /// <summary>Brings it up to date once.</summary>
    Task FetchAsync();
}
